// Linux's additions to POSIX (pipe2, closing every other descriptor, processes tied to one another) are hidden from Swift.
#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#if defined(__linux__)
#include <malloc.h>
#endif
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

int closed_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

/// Becomes the program; returns an errno. A file that was written a moment ago is busy as long as a process that another thread is
/// just starting has its descriptor still, which ends with that one's own exec: so it is tried for two seconds.
static int become_program(char *const arguments[], char *const environment[]) {
  for (int tries = 0; tries < 200; tries++) {
    execve(arguments[0], arguments, environment);
    if (errno != ETXTBSY) break;
    poll(0, 0, 10);
    errno = ETXTBSY;
  }
  return errno;
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
  return become_program(arguments, environment);
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

/// What a guard says on its report: its program's process, why that could not be started, how it ended.
struct report {
  int kind, value;
};

static void tell(int report, int kind, int value) {
  struct report message = {kind, value};
  // Nobody may listen any more.
  if (write(report, &message, sizeof message) < 0) return;
}

/// Ends every process that came to be a child of this one, and those that they leave behind, until none is left. All of them are
/// descendants of the program, because orphans among those come to the guard.
static void sweep(void) {
  for (;;) {
    int children = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
    char text[4096];
    ssize_t length = children < 0 ? 0 : read(children, text, sizeof text);
    if (children >= 0) close(children);
    pid_t number = 0;
    for (ssize_t i = 0; i < length; i++) {
      if (text[i] >= '0' && text[i] <= '9') {
        number = number * 10 + (text[i] - '0');
      } else {
        if (number > 1) kill(number, SIGKILL);
        number = 0;
      }
    }
    // Without the list nothing more can be found than what has ended already.
    if (waitpid(-1, 0, children < 0 ? WNOHANG : 0) <= 0) return;
  }
}

/// The guard's part of `guarded_spawn`: starts the program, waits for its end or for that of the lifeline, and leaves nothing of it
/// behind. All signals are blocked. Calls nothing but what is safe between fork and exec.
static void guard(char *const arguments[], char *const environment[], const int descriptors[], int count, int lifeline,
                  int report) {
  setpgid(0, 0);
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  signal(SIGCHLD, SIG_DFL);
  // Out of the way of each other, then to their places.
  int high[8];
  for (int i = 0; i < count + 2; i++) {
    int from = i < count ? descriptors[i] : i == count ? lifeline : report;
    high[i] = fcntl(from, F_DUPFD_CLOEXEC, 64);
    if (high[i] < 0) {
      tell(report, 1, errno);
      _exit(127);
    }
  }
  lifeline = count;
  report = count + 1;
  for (int i = 0; i < count + 2; i++) dup3(high[i], i, i < count ? 0 : O_CLOEXEC);
  closefrom(count + 2);

  sigset_t children;
  sigemptyset(&children);
  sigaddset(&children, SIGCHLD);
  int ended = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
  pid_t self = getpid();
  pid_t program = _Fork();
  if (program == 0) {
    int error = prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ? errno : 0;
    if (getppid() != self) _exit(127);
    setpgid(0, 0);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    tell(report, 1, error != 0 ? error : become_program(arguments, environment));
    _exit(127);
  }
  if (program < 0 || ended < 0) {
    tell(report, 1, errno);
    if (program > 0) kill(program, SIGKILL);
    _exit(127);
  }
  setpgid(program, program);
  tell(report, 0, program);
  // What the program writes ends when the last of its processes does.
  for (int i = 0; i < count; i++) close(i);

  struct pollfd awaited[2] = {{lifeline, POLLIN, 0}, {ended, POLLIN, 0}};
  int status = 0;
  for (int isOver = 0; !isOver;) {
    if (poll(awaited, 2, -1) < 0 && errno != EINTR) kill(-program, SIGKILL);
    if (awaited[0].revents != 0) {
      char word;
      if (read(lifeline, &word, 1) == 1) {
        kill(-program, SIGTERM);
      } else {
        kill(-program, SIGKILL);
        awaited[0].fd = -1;
      }
    }
    struct signalfd_siginfo told;
    while (read(ended, &told, sizeof told) > 0) {
    }
    for (;;) {
      siginfo_t child = {0};
      if (waitid(P_ALL, 0, &child, WEXITED | WNOHANG | WNOWAIT) != 0 || child.si_pid == 0) break;
      if (child.si_pid == program) {
        // While its number is still its own.
        kill(-program, SIGKILL);
        isOver = 1;
      }
      int its = 0;
      waitpid(child.si_pid, &its, 0);
      if (child.si_pid == program) status = its;
    }
  }
  sweep();
  struct rusage used;
  if (getrusage(RUSAGE_CHILDREN, &used) == 0) {
    long seconds = used.ru_utime.tv_sec + used.ru_stime.tv_sec;
    tell(report, 3, (int)(1000 * seconds + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000));
  }
  tell(report, 2, status);
  _exit(0);
}

int guarded_spawn(pid_t *pid, char *const arguments[], char *const environment[], const int descriptors[], int count,
                  int lifeline, int report) {
  if (count > 6) return EINVAL;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  *pid = fork();
  if (*pid == 0) guard(arguments, environment, descriptors, count, lifeline, report);
  int error = *pid < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, 0);
  return error;
}

void give_memory_back(void) {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}
