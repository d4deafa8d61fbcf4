// The one way back to a usable terminal, and the signals.
//
// A handler may interrupt anything, curses included, so nothing here calls curses: the bytes that reset the terminal
// are put together at the start, and a handler only writes them, sets the old modes and copies captured messages.
#define _GNU_SOURCE
#include "Internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static char reset_bytes[512];
static size_t reset_count;
static struct termios saved_modes;
static int has_modes, restore_in = -1, restore_out = -1;
static volatile sig_atomic_t is_armed;

static volatile sig_atomic_t real_errors = -1, captured_errors = -1;

static volatile sig_atomic_t signal_pipe = -1, is_stopping;

void nc_write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static void add_reset(const char *bytes) {
  // Terminal descriptions hold delays, $<5>, which only tputs understands: left out.
  for (; *bytes && reset_count < sizeof reset_bytes; bytes++) {
    const char *end = bytes[0] == '$' && bytes[1] == '<' ? strchr(bytes, '>') : NULL;
    if (end) bytes = end;
    else reset_bytes[reset_count++] = *bytes;
  }
}

static void add_capability(const char *name) {
  char *value = tigetstr((char *)name);
  if (value && value != (char *)-1) add_reset(value);
}

void nc_prepare_restore(int in, int out) {
  restore_out = out;
  if (in >= 0) {
    restore_in = in;
    has_modes = tcgetattr(in, &saved_modes) == 0;
    return;
  }
  reset_count = 0;
  add_capability("sgr0");
  add_capability("op");
  char *mouse_key = tigetstr("kmous");
  if (mouse_key && mouse_key != (char *)-1) {
    add_reset("\033[?1000l\033[?1002l\033[?1003l\033[?1006l\033[?2004l");
  }
  if (nc_knows_titles(termname())) add_reset("\033[23;2t");
  add_capability("rmkx");
  add_capability("rmcup");
  add_capability("cnorm");
}

void nc_arm_restore(int armed) { is_armed = armed; }

void nc_forget_modes(void) { has_modes = 0; }

int nc_is_foreground(int fd) {
  pid_t group = tcgetpgrp(fd);
  return group < 0 || group == getpgrp();
}

static void restore_terminal(void) {
  if (!is_armed) return;
  is_armed = 0;
  nc_write_all(restore_out, reset_bytes, reset_count);
  if (has_modes) tcsetattr(restore_in, TCSANOW, &saved_modes);
}

void nc_restore_now(void) { restore_terminal(); }

// Copies captured messages to the real standard error; control bytes are dropped, since models' words may be in there.
static void replay_errors(void) {
  int file = captured_errors, real = real_errors;
  if (real < 0) return;
  captured_errors = real_errors = -1;
  dup2(real, STDERR_FILENO);
  if (file < 0) return;
  char buffer[4096];
  off_t size = lseek(file, 0, SEEK_END), at = size > 65536 ? size - 65536 : 0;
  ssize_t count;
  while ((count = pread(file, buffer, sizeof buffer, at)) > 0) {
    at += count;
    ssize_t kept = 0;
    for (ssize_t i = 0; i < count; i++) {
      unsigned char byte = (unsigned char)buffer[i];
      if (byte == '\n' || byte == '\t' || (byte >= 0x20 && byte != 0x7F)) buffer[kept++] = buffer[i];
    }
    nc_write_all(real, buffer, (size_t)kept);
  }
  if (ftruncate(file, 0) == 0) lseek(file, 0, SEEK_SET);
}

int nc_capture_file(void) {
  FILE *file = tmpfile();
  if (!file) return open("/dev/null", O_WRONLY | O_CLOEXEC);
  int copy = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
  fclose(file);
  return copy;
}

int nc_capture_errors(int file, int replay) {
  if (real_errors >= 0) return 0;
  int real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (real < 0) return 0;
  captured_errors = replay ? file : -1;
  real_errors = real;
  return dup2(file, STDERR_FILENO) >= 0;
}

void nc_release_errors(void) {
  int real = real_errors;
  replay_errors();
  if (real >= 0) close(real);
}

static void on_crash(int number) {
  restore_terminal();
  replay_errors();
  // SA_RESETHAND put the default back: the process now ends as it would have without us.
  raise(number);
}

static void on_exit_restore(void) {
  restore_terminal();
  replay_errors();
}

void nc_guard(void) {
  static int is_registered;
  static char stack[65536];
  if (is_registered) return;
  is_registered = 1;
  atexit(on_exit_restore);
  // A stack of its own, so that a stack overflow of this thread can still be handled.
  stack_t alternative = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternative, NULL);
  struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

static void on_signal(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  if (signal_pipe >= 0 && !(number == SIGCONT && is_stopping)) {
    if (write(signal_pipe, &byte, 1) < 0) errno = saved;  // a full pipe already says that something happened
  }
  errno = saved;
}

void nc_signals(int fd) {
  signal_pipe = fd;
  struct sigaction action = {.sa_flags = SA_RESTART};
  action.sa_handler = fd < 0 ? SIG_DFL : on_signal;
  sigemptyset(&action.sa_mask);
  const int numbers[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, NULL);
}

void nc_stop_process(void) {
  struct sigaction action = {.sa_handler = SIG_IGN}, previous;
  sigemptyset(&action.sa_mask);
  is_stopping = 1;
  // The whole group, as the terminal does for ^Z: a parent that waits for us must stop too, or the shell never returns.
  sigaction(SIGTSTP, &action, &previous);
  kill(0, SIGTSTP);
  // Then this very thread: a signal to the process could be taken by another thread after the handler is back in place.
  // Threads of a dispatch pool block signals, and Swift's main queue may run on one.
  action.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &action, NULL);
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &previous, NULL);
  is_stopping = 0;
}
