#pragma once

#include <sys/types.h>

/// A pipe whose ends no other program inherits: `ends[0]` to read, `ends[1]` to write. Returns 0, else an errno.
int closed_pipe(int ends[2]);

/// Starts `arguments[0]` as the head of a process group of its own, with an empty environment, default signal handling,
/// and no descriptors but these: `descriptors[i]` becomes `i`. Returns 0 and the process in `pid`, else an errno.
int closed_spawn(pid_t *pid, char *const arguments[], const int descriptors[], int count);

/// Starts `arguments[0]` as `closed_spawn` does, with the given environment, and ties it to the calling thread: when that
/// ends, however it ends, the kernel kills the process. Returns 0 and the process in `pid`, else an errno.
int tied_spawn(pid_t *pid, char *const arguments[], char *const environment[], const int descriptors[], int count);
