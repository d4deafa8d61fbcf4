// Shared by the files of this target only.
#ifndef CNCURSES_INTERNAL_H
#define CNCURSES_INTERNAL_H

#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <signal.h>

#include "CNcurses.h"

// Codes for sequences that curses does not know, above all of its own.
enum { CODE_PASTE_START = 0x2000, CODE_PASTE_END = 0x2001 };

// What brings the terminal back: prepared while all is well, so that a handler only writes it.
void nc_prepare_restore(int in, int out);
void nc_arm_restore(int armed);
void nc_restore_now(void);
// From now on only the screen is restored: the terminal's modes belong to somebody else.
void nc_forget_modes(void);
// Whether this process's group has the terminal; another's must not change its modes.
int nc_is_foreground(int fd);
// Whether a terminal of this type takes titles and keeps a stack of them.
int nc_knows_titles(const char *term);
void nc_write_all(int fd, const char *bytes, size_t count);
// Terminal modes that curses does not manage; whether the terminal is likely to know them is decided at the start.
void nc_extra_modes(int on);

#endif
