// Starting, painting and ending the one screen.
#define _GNU_SOURCE
#include "Internal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *input, *output;
static int input_fd = -1, output_fd = -1;
static int wants_mouse, knows_modes, knows_titles, default_colors;
static char title[256];

// True where the environment asks for UTF-8 by a locale that this machine may not have, as one forwarded by ssh.
static int wants_utf8(void) {
  const char *names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (int i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
  }
  return 0;
}

int nc_set_locale(const char *locale) {
  // Only the character set: a decimal comma from LC_NUMERIC would break every parser in the process.
  if (!setlocale(LC_CTYPE, locale) && !(!*locale && wants_utf8() && setlocale(LC_CTYPE, "C.UTF-8")))
    setlocale(LC_CTYPE, "C");
  const char *codeset = nl_langinfo(CODESET);
  return codeset && strcmp(codeset, "UTF-8") == 0;
}

void nc_tty_size(int fd, int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(fd, TIOCGWINSZ, &size) != 0) memset(&size, 0, sizeof size);
  *columns = size.ws_col;
  *rows = size.ws_row;
}

static void use_terminal_size(void) {
  int columns, rows;
  nc_tty_size(output_fd, &columns, &rows);
  if (columns > 0 && rows > 0) nc_resize(columns, rows);
}

static void discard_screen(void) {
  if (screen) delscreen(screen);
  if (input) fclose(input);
  if (output) fclose(output);
  screen = NULL;
  input = output = NULL;
}

int nc_start(const char *term, int in, int out, int mouse) {
  if (screen) return NC_ALREADY_STARTED;
  int colors;
  if (nc_term_known(term, out, &colors) != 1) return NC_UNKNOWN_TERM;
  // Streams of our own: curses sets their buffers, and the process's stdin and stdout are nobody's to change.
  int in_copy = dup(in), out_copy = dup(out);
  input = in_copy < 0 ? NULL : fdopen(in_copy, "r");
  output = out_copy < 0 ? NULL : fdopen(out_copy, "w");
  if (!input || !output) {
    discard_screen();
    return NC_FAILED;
  }
  nc_prepare_restore(in, out);
  // newterm returns NULL where initscr would end the process.
  screen = newterm((char *)term, output, input);
  if (!screen) {
    discard_screen();
    return NC_UNKNOWN_TERM;
  }
  input_fd = in;
  output_fd = out;
  knows_titles = nc_knows_titles(term);
  title[0] = 0;
  set_term(screen);
  nc_prepare_restore(-1, out);  // now that the terminal's strings are known
  nc_arm_restore(1);
  set_escdelay(25);
  raw();
  noecho();
  nonl();
  intrflush(stdscr, FALSE);
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  scrollok(stdscr, FALSE);
  default_colors = 0;
  if (has_colors()) {
    start_color();
    default_colors = use_default_colors() == OK;
  }
  char *mouse_key = tigetstr("kmous");
  knows_modes = mouse_key && mouse_key != (char *)-1;
  wants_mouse = mouse;
  define_key("\033[200~", CODE_PASTE_START);
  define_key("\033[201~", CODE_PASTE_END);
  mouseinterval(0);
  use_terminal_size();
  nc_extra_modes(1);
  return NC_OK;
}

void nc_extra_modes(int on) {
  if (!knows_modes) return;
  if (on) nc_write_all(output_fd, "\033[?2004h", 8);
  mousemask(on && wants_mouse ? ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION : 0, NULL);
  fflush(output);
  // 1002 adds movement with a button held, for dragging borders; curses itself asks for clicks only.
  if (on && wants_mouse) nc_write_all(output_fd, "\033[?1002h", 8);
  if (!on) nc_write_all(output_fd, "\033[?1002l\033[?2004l", 16);
}

void nc_set_mouse(int on) {
  if (!screen) return;
  wants_mouse = on;
  if (!knows_modes) return;
  if (!on) nc_write_all(output_fd, "\033[?1002l", 8);
  nc_extra_modes(1);
}

int nc_knows_titles(const char *term) {
  // Terminal descriptions say little about titles, and the Linux console would show what it does not know.
  static const char *const families[] = {"xterm", "tmux", "screen", "rxvt", "alacritty", "foot", "konsole", "gnome",
                                         "vte",   "putty", "st",    "kitty", "wezterm", "ghostty", "mlterm", "iterm"};
  for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
    size_t length = strlen(families[i]);
    if (strncmp(term, families[i], length) == 0 && (!term[length] || term[length] == '-' || term[length] == '.')) return 1;
  }
  return 0;
}

// The owner's title is put on the terminal's stack and comes back from there (xterm's 22 and 23).
static void show_title(void) {
  if (!title[0]) return;
  nc_write_all(output_fd, "\033[22;2t\033]2;", 11);
  nc_write_all(output_fd, title, strlen(title));
  nc_write_all(output_fd, "\007", 1);
}

void nc_title(const char *text) {
  if (!screen || !knows_titles) return;
  if (title[0]) nc_write_all(output_fd, "\033[23;2t", 7);
  snprintf(title, sizeof title, "%s", text);
  show_title();
}

void nc_suspend(void) {
  if (!screen) return;
  nc_set_cursor(1, 0, 0);
  nc_extra_modes(0);
  if (title[0]) nc_write_all(output_fd, "\033[23;2t", 7);
  if (nc_is_foreground(input_fd)) {
    char *leave = tigetstr("rmcup");
    if (!leave || leave == (char *)-1) {
      // Without a second screen the last frame stays, and the shell's prompt needs an empty line.
      wattr_set(stdscr, 0, 0, NULL);
      mvwhline(stdscr, getmaxy(stdscr) - 1, 0, ' ', getmaxx(stdscr));
      wmove(stdscr, getmaxy(stdscr) - 1, 0);
      nc_flush();
    }
    endwin();
    nc_arm_restore(0);
  } else {
    // The shell has taken the terminal back: its modes are the shell's now, only the screen is still ours to clear.
    nc_forget_modes();
    nc_restore_now();
  }
}

void nc_resume(void) {
  if (!screen) return;
  nc_arm_restore(1);
  reset_prog_mode();
  use_terminal_size();
  clearok(stdscr, TRUE);
  wnoutrefresh(stdscr);
  doupdate();
  nc_extra_modes(1);
  show_title();
}

void nc_stop(void) {
  if (!screen) return;
  nc_suspend();
  discard_screen();
}

void nc_size(int *columns, int *rows) {
  *columns = screen ? getmaxx(stdscr) : 0;
  *rows = screen ? getmaxy(stdscr) : 0;
}

void nc_resize(int columns, int rows) {
  if (screen && columns > 0 && rows > 0) resizeterm(rows, columns);
}

void nc_redraw(void) {
  if (screen) clearok(stdscr, TRUE);
}

void nc_erase(void) {
  if (!screen) return;
  wattr_set(stdscr, 0, 0, NULL);
  wbkgdset(stdscr, ' ');
  werase(stdscr);
}

static attr_t attributes_of(int bits) {
  attr_t result = 0;
  if (bits & NC_BOLD) result |= WA_BOLD;
  if (bits & NC_DIM) result |= WA_DIM;
  if (bits & NC_ITALIC) result |= WA_ITALIC;
  if (bits & NC_UNDERLINE) result |= WA_UNDERLINE;
  if (bits & NC_REVERSE) result |= WA_REVERSE;
  return result;
}

// Decodes the next scalar of valid UTF-8.
static wchar_t next_scalar(const unsigned char **cursor) {
  const unsigned char *at = *cursor;
  wchar_t scalar = *at++;
  int more = scalar >= 0xF0 ? 3 : scalar >= 0xE0 ? 2 : scalar >= 0xC0 ? 1 : 0;
  if (more) scalar &= 0x3F >> more;
  for (; more > 0 && (*at & 0xC0) == 0x80; more--) scalar = (scalar << 6) | (*at++ & 0x3F);
  *cursor = at;
  return scalar;
}

void nc_put(int y, int x, const char *utf8, int attributes, int pair) {
  if (!screen) return;
  wattr_set(stdscr, attributes_of(attributes), 0, pair > 0 ? &pair : NULL);
  wchar_t text[256];
  int count = 0;
  wmove(stdscr, y, x);
  const unsigned char *cursor = (const unsigned char *)utf8;
  while (*cursor) {
    text[count++] = next_scalar(&cursor);
    // Flushed in pieces; a piece may start with a combining mark, which curses adds to the cell before.
    if (count == 255 || !*cursor) {
      waddnwstr(stdscr, text, count);
      count = 0;
    }
  }
}

void nc_set_cursor(int visible, int y, int x) {
  if (!screen) return;
  curs_set(visible);
  if (visible) wmove(stdscr, y, x);
}

void nc_flush(void) {
  if (!screen) return;
  wnoutrefresh(stdscr);
  doupdate();
}

int nc_watch_parent(void) {
  pid_t parent = getppid();
  if (parent <= 1) return -1;
  int fd = (int)syscall(SYS_pidfd_open, parent, 0);
  // It may have ended in between, and its number may be another's.
  if (fd >= 0 && getppid() != parent) {
    close(fd);
    return -1;
  }
  return fd;
}

void nc_beep(void) {
  if (screen) beep();
}

void nc_send(const char *bytes, size_t count) {
  if (screen) nc_write_all(output_fd, bytes, count);
}

int nc_width(uint32_t scalar) { return wcwidth((wchar_t)scalar); }

int nc_colors(void) { return screen && has_colors() ? COLORS : 0; }

int nc_pair_limit(void) { return screen && has_colors() ? COLOR_PAIRS : 0; }

int nc_has_default_colors(void) { return default_colors; }

int nc_define_pair(int pair, int foreground, int background) {
  if (!screen) return 0;
  // The extended call fails on terminals with few pairs, the old one cannot hold large numbers.
  int is_small = pair < 32768 && foreground < 32768 && background < 32768;
  return (is_small ? init_pair((short)pair, (short)foreground, (short)background)
                   : init_extended_pair(pair, foreground, background)) == OK;
}
