#pragma once

#include <sys/types.h>

/// A pipe whose ends no other program inherits: `ends[0]` to read, `ends[1]` to write. Returns 0, else an errno.
int closed_pipe(int ends[2]);

/// Starts `arguments[0]` as the head of a process group of its own, with the given environment, default signal handling, and no
/// descriptors but these: `descriptors[i]` becomes `i`. It is tied to the calling thread: when that ends, however it ends, the kernel
/// kills the process. Returns 0 and the process in `pid`, else an errno.
int tied_spawn(pid_t *pid, char *const arguments[], char *const environment[], const int descriptors[], int count);

/// Starts `arguments[0]` as `tied_spawn` does, below a guard: a process that outlives this one long enough to end the program and
/// everything it started, whatever group or session that moved to, when the program ends or `lifeline` does. `lifeline` is the end
/// to read of a pipe whose other end nobody but the caller has: a byte on it asks the program's group to end (SIGTERM), its end
/// ends all (SIGKILL). On `report`, the end to write of another, the guard tells pairs of `int`: 0 and the program's process, 1 and
/// the errno for which it was not started, 3 and the milliseconds of processor time that all of it took, 2 and how it ended, as
/// `waitpid` gives it. `count` is 6 at most. Returns 0 and the guard
/// in `pid`, for which the caller waits, else an errno.
int guarded_spawn(pid_t *pid, char *const arguments[], char *const environment[], const int descriptors[], int count,
                  int lifeline, int report);

/// Gives memory that was freed back to the system, also what lies in the heaps of single threads, which the C library keeps
/// otherwise: a few milliseconds for each hundred megabytes. Does nothing where the library has no such call.
void give_memory_back(void);
