// A key waits for a processor like anything else: where others want it too, a thread that has slept gets it at the end of somebody's
// turn. Linux (from 6.12) lets whoever asks for shorter turns have them the sooner; the share of the processor stays what it was.
#define _GNU_SOURCE
#include "CNcurses.h"

#if defined(__linux__)
#include <dirent.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

// The kernel's struct sched_attr, first version; the C library has none.
struct turns {
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime, deadline, period;
};

void nc_ask_for_short_turns(uint64_t nanoseconds) {
  DIR *threads = opendir("/proc/self/task");
  if (threads == NULL) return;
  for (struct dirent *thread; (thread = readdir(threads)) != NULL;) {
    pid_t id = (pid_t)atoi(thread->d_name);
    struct turns turns = {.size = sizeof turns};
    // Only what is scheduled as usual: whoever chose another way keeps it. What a person was nice about stays so.
    if (id <= 0 || syscall(SYS_sched_getattr, id, &turns, sizeof turns, 0) != 0 || turns.policy != 0) continue;
    turns.runtime = nanoseconds;
    (void)syscall(SYS_sched_setattr, id, &turns, 0);
  }
  closedir(threads);
}
#else
void nc_ask_for_short_turns(uint64_t nanoseconds) { (void)nanoseconds; }
#endif

void nc_take_memory_in_large_steps(void) {
#if defined(__GLIBC__)
  // A thread's heap grows by what is asked for and no more: 350 calls of the system before a first frame.
  mallopt(M_TOP_PAD, 4 << 20);
  // Once the above is said, the library no longer raises these as large blocks come and go: what it would soon have come to.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  mallopt(M_TRIM_THRESHOLD, 8 << 20);
#endif
}
