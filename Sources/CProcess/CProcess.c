// Linux's additions to POSIX (pipe2, closing every other descriptor at spawn) are hidden from Swift.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

int closed_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int closed_spawn(pid_t *pid, char *const arguments[], const int descriptors[], int count) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error != 0) return error;
  error = posix_spawnattr_init(&attributes);
  if (error != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  for (int i = 0; i < count && error == 0; i++) {
    error = posix_spawn_file_actions_adddup2(&actions, descriptors[i], i);
  }
  if (error == 0) error = posix_spawn_file_actions_addclosefrom_np(&actions, count);
  sigset_t signals;
  sigemptyset(&signals);
  if (error == 0) error = posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  if (error == 0) error = posix_spawnattr_setsigdefault(&attributes, &signals);
  if (error == 0) error = posix_spawnattr_setpgroup(&attributes, 0);
  if (error == 0) {
    error = posix_spawnattr_setflags(&attributes,
                                     POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  char *const environment[] = {0};
  if (error == 0) error = posix_spawn(pid, arguments[0], &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// The child's part of `tied_spawn`, which calls nothing but what is safe between fork and exec. Returns an errno.
static int become(char *const arguments[], char *const environment[], const int descriptors[], int count, int report,
                  pid_t parent) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return errno;
  if (getppid() != parent) _exit(127); // it died before it could be told
  setpgid(0, 0);
  for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, 0);
  for (int i = 0; i < count; i++) {
    if (dup2(descriptors[i], i) < 0) return errno;
  }
  // The pipe of reports is the last to stay open, and exec closes it.
  if (report != count && dup3(report, count, O_CLOEXEC) < 0) return errno;
  closefrom(count + 1);
  execve(arguments[0], arguments, environment);
  return errno;
}

int tied_spawn(pid_t *pid, char *const arguments[], char *const environment[], const int descriptors[], int count) {
  int report[2];
  int error = closed_pipe(report);
  if (error != 0) return error;
  // No handler of this process may run in the child.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pid_t parent = getpid();
  *pid = fork();
  if (*pid == 0) {
    error = become(arguments, environment, descriptors, count, report[1], parent);
    // The pipe may be at either place, whichever step failed.
    if (write(report[1], &error, sizeof error) < 0 && write(count, &error, sizeof error) < 0) _exit(126);
    _exit(127);
  }
  error = *pid < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, 0);
  close(report[1]);
  // Nothing comes and the pipe is closed where the program was started.
  ssize_t got = error == 0 ? read(report[0], &error, sizeof error) : 0;
  close(report[0]);
  if (got > 0) waitpid(*pid, 0, 0);
  return error;
}
