/*
 * The write protocol of Go's map, one access a step, as protocol.c has it: WRITERS writers of WRITES
 * writes each. A run ends at its first fatal error: once `fatal` is set nobody moves.
 *
 * LEAN leaves nothing for the verifier to do but those steps: the loop's test belongs to the last
 * of them, and what a step has used up is forgotten.
 */
#define WRITING 4

byte flags, count, fatal;

active [WRITERS] proctype writer()
{
	byte i, t;

#ifdef LEAN
again:
	atomic { fatal == 0 -> if :: flags & WRITING -> fatal = 1; goto end :: else fi };
	d_step { fatal == 0 -> t = flags };
	d_step { fatal == 0 -> flags = t ^ WRITING; t = 0 };
	d_step { fatal == 0 -> t = count };
	d_step { fatal == 0 -> count = t + 1; t = 0 };
	atomic { fatal == 0 -> if :: flags & WRITING :: else -> fatal = 2; goto end fi };
	d_step { fatal == 0 -> t = flags };
	atomic {
		fatal == 0 -> flags = t & ~WRITING; t = 0; i++;
		if :: i < WRITES -> goto again :: else fi
	};
end:	skip
#else
	do
	:: i < WRITES ->
		atomic { fatal == 0 -> if :: flags & WRITING -> fatal = 1 :: else fi };
		atomic { fatal == 0 -> t = flags };
		atomic { fatal == 0 -> flags = t ^ WRITING };
		atomic { fatal == 0 -> t = count };
		atomic { fatal == 0 -> count = t + 1 };
		atomic { fatal == 0 -> if :: flags & WRITING :: else -> fatal = 2 fi };
		atomic { fatal == 0 -> t = flags };
		atomic { fatal == 0 -> flags = t & ~WRITING; i++ }
	:: else -> break
	od
#endif
}
