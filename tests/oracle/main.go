// Command oracle runs a workload on a map of the real Go runtime and writes what the map's memory
// holds after each operation: the trace that `tophash conform` replays. With -verify it checks traces
// instead. docs/conform-format.md describes them.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"runtime"
	"strings"
)

const goRelease = "go1.19"

func main() {
	var opt options
	flag.StringVar(&opt.key, "key", "u64", "the key type: u64 int u32 u16 u128 f64 str")
	flag.StringVar(&opt.workload, "workload", "mixed", "what is done; -list tells which there are")
	flag.Uint64Var(&opt.seed, "seed", 1, "seeds the workload; the runtime's own draws stay random")
	flag.IntVar(&opt.ops, "ops", 1000, "how many operations")
	flag.IntVar(&opt.hint, "hint", 0, "the second argument of make")
	flag.IntVar(&opt.every, "every", 1, "write the state after every n-th operation")
	flag.BoolVar(&opt.full, "full", false, "write the buckets' text besides its digest")
	path := flag.String("o", "", "the file to write (default: standard output)")
	verifying := flag.Bool("verify", false, "check the traces named by the arguments")
	list := flag.Bool("list", false, "list the workloads")
	flag.Parse()

	var err error
	switch {
	case *list:
		for _, w := range workloads {
			fmt.Printf("%-10s %s\n", w.name, w.about)
		}
	case *verifying:
		err = verifyFiles(flag.Args())
	case flag.NArg() > 0:
		err = fmt.Errorf("unexpected argument %q", flag.Arg(0))
	default:
		err = write(opt, *path)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}

func check(opt options) error {
	switch {
	case !strings.HasPrefix(runtime.Version(), goRelease):
		return fmt.Errorf("built by %s: the map's layout is that of %s", runtime.Version(), goRelease)
	case runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64":
		return fmt.Errorf("%s: traces are taken on 64-bit little-endian machines", runtime.GOARCH)
	case opt.ops < 1 || opt.every < 1:
		return fmt.Errorf("-ops and -every start at 1")
	}
	return nil
}

// write takes one trace; a file that could not be written to its end is removed.
func write(opt options, path string) error {
	if err := check(opt); err != nil {
		return err
	}
	var chosen *workload
	for i := range workloads {
		if workloads[i].name == opt.workload {
			chosen = &workloads[i]
		}
	}
	if chosen == nil {
		return fmt.Errorf("unknown workload %q; -list tells which there are", opt.workload)
	}
	file := os.Stdout
	if path != "" {
		created, err := os.Create(path)
		if err != nil {
			return err
		}
		file = created
	}
	err := run(opt, chosen, file)
	if path != "" {
		if closing := file.Close(); err == nil {
			err = closing
		}
		if err != nil {
			os.Remove(path)
		}
	}
	return err
}

func run(opt options, w *workload, file *os.File) error {
	out := bufio.NewWriterSize(file, 1<<20)
	tr, err := newTracer(opt, out)
	if err != nil {
		return err
	}
	tr.writeHeader(runtime.Version())
	step := w.make(tr, &random{opt.seed})
	for !tr.full() {
		step()
	}
	return out.Flush()
}
