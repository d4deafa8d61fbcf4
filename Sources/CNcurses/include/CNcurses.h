// Plain functions over ncursesw. No curses header is included here, so that none of its macros and globals reaches Swift,
// which could not use them (cast macros) or would refuse them (shared mutable state). One screen a process; every
// function but the probes is for the main thread.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

// Why the screen did not start.
enum { NC_OK = 0, NC_UNKNOWN_TERM = 1, NC_ALREADY_STARTED = 2, NC_FAILED = 3 };

// Text attributes, any sum of them.
enum { NC_BOLD = 1, NC_DIM = 2, NC_ITALIC = 4, NC_UNDERLINE = 8, NC_REVERSE = 16 };

// What nc_read found.
enum { NC_NONE = 0, NC_SCALAR = 1, NC_KEY = 2 };

// Keys by nc_read; function keys are NC_KEY_F0 + n.
enum {
  NC_KEY_OTHER = 0, NC_KEY_UP, NC_KEY_DOWN, NC_KEY_LEFT, NC_KEY_RIGHT, NC_KEY_PAGE_UP, NC_KEY_PAGE_DOWN, NC_KEY_HOME,
  NC_KEY_END, NC_KEY_BACKSPACE, NC_KEY_DELETE, NC_KEY_INSERT, NC_KEY_ENTER, NC_KEY_BACK_TAB, NC_KEY_MOUSE,
  NC_KEY_PASTE_START, NC_KEY_PASTE_END, NC_KEY_F0 = 256
};

// What the mouse did.
enum { NC_MOUSE_NONE = 0, NC_MOUSE_PRESS, NC_MOUSE_RELEASE, NC_MOUSE_DRAG, NC_MOUSE_WHEEL_UP, NC_MOUSE_WHEEL_DOWN };

typedef struct { int32_t kind, button, x, y; } nc_mouse_event;

// --- Before a screen is started
// Chooses the character set ("" = as the environment says); 1 when it is UTF-8.
int nc_set_locale(const char *locale);
// Whether the terminal description is known, and how many colours it has (0 none); -1 when it is known and the terminal
// cannot move its cursor, so that no screen can be painted on it.
int nc_term_known(const char *term, int out, int *colors);
// Columns and rows of a terminal, 0 when it does not say.
void nc_tty_size(int fd, int *columns, int *rows);

// Asks for turns of so many nanoseconds at a processor, for all threads of the process and those they start. Nothing
// happens where the system knows of no such thing.
void nc_ask_for_short_turns(uint64_t nanoseconds);
// Lets the C library take memory from the system in steps of 4 MB; what is not used costs nothing. Nothing happens with
// another library than glibc.
void nc_take_memory_in_large_steps(void);

// --- The screen
int nc_start(const char *term, int in, int out, int mouse);
void nc_stop(void);
// Gives the terminal back and takes it again; after nc_resume everything is painted anew.
void nc_suspend(void);
void nc_resume(void);
void nc_size(int *columns, int *rows);
void nc_resize(int columns, int rows);
void nc_redraw(void);
void nc_erase(void);
// Writes UTF-8 text that is known to fit; the locale must be UTF-8 or the text ASCII.
void nc_put(int y, int x, const char *utf8, int attributes, int pair);
void nc_set_cursor(int visible, int y, int x);
void nc_flush(void);
void nc_beep(void);
// Names the window, where the terminal can, until the screen is given back; the text must hold no control bytes.
void nc_title(const char *text);
// Sends bytes that curses does not know of, such as a clipboard request, as they are.
void nc_send(const char *bytes, size_t count);
// Columns that the C library gives a scalar, -1 when it cannot be shown: curses counts with it.
int nc_width(uint32_t scalar);

// --- Colours
int nc_colors(void);
int nc_pair_limit(void);
// Whether -1 may stand for the terminal's own colours in nc_define_pair.
int nc_has_default_colors(void);
// Colour numbers, or 0xRRGGBB on terminals with direct colour. 1 when it worked.
int nc_define_pair(int pair, int foreground, int background);

// --- Input; never blocks for longer than the 25 ms that tell Escape from the start of a key's sequence
int nc_read(uint32_t *value);
void nc_mouse(nc_mouse_event *event);
void nc_set_mouse(int on);
// Whether the other end of the terminal is gone: nothing will ever be read again.
int nc_hung_up(int fd);
// A descriptor that becomes readable when the parent process ends; -1 where there is none to watch.
int nc_watch_parent(void);

// --- Signals: handlers write one byte, the signal's number, to `fd`; -1 takes them away again
void nc_signals(int fd);
// Stops the process group as ^Z does and returns when it goes on.
void nc_stop_process(void);

// --- The way back after a crash or an exit: everything here is safe inside a signal handler
// From now on: restore the terminal and replay what was captured when the process crashes or exits.
void nc_guard(void);
// A new file without a name for captured messages, or the null device; -1 when there is neither.
int nc_capture_file(void);
// Sends standard error to `file`. With `replay`, what the file holds is copied to the real one on release and on a crash,
// without control bytes, and the file is emptied.
int nc_capture_errors(int file, int replay);
void nc_release_errors(void);

#endif
