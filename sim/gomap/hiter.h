// The iterator's layout: runtime.hiter of Go 1.19, amd64.
#ifndef TH_SIM_GOMAP_HITER_H
#define TH_SIM_GOMAP_HITER_H

enum {
    TH_HITER_key = 0,
    TH_HITER_elem = 8,
    TH_HITER_t = 16,
    TH_HITER_h = 24,
    TH_HITER_buckets = 32,
    TH_HITER_bptr = 40,
    TH_HITER_overflow = 48,
    TH_HITER_oldoverflow = 56,
    TH_HITER_start_bucket = 64,
    TH_HITER_offset = 72,
    TH_HITER_wrapped = 73,
    TH_HITER_B = 74,
    TH_HITER_i = 75,
    TH_HITER_bucket = 80,
    TH_HITER_check_bucket = 88,
    TH_HITER_SIZE = 96,
};

#endif
