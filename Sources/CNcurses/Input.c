// Keys and mouse, in numbers that do not depend on curses' macros.
#define _GNU_SOURCE
#include "Internal.h"

#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>

static uint32_t key_of(wint_t code) {
  switch (code) {
    case KEY_UP: return NC_KEY_UP;
    case KEY_DOWN: return NC_KEY_DOWN;
    case KEY_LEFT: return NC_KEY_LEFT;
    case KEY_RIGHT: return NC_KEY_RIGHT;
    case KEY_PPAGE: return NC_KEY_PAGE_UP;
    case KEY_NPAGE: return NC_KEY_PAGE_DOWN;
    case KEY_HOME: return NC_KEY_HOME;
    case KEY_END: return NC_KEY_END;
    case KEY_BACKSPACE: return NC_KEY_BACKSPACE;
    case KEY_DC: return NC_KEY_DELETE;
    case KEY_IC: return NC_KEY_INSERT;
    case KEY_ENTER: return NC_KEY_ENTER;
    case KEY_BTAB: return NC_KEY_BACK_TAB;
    case KEY_MOUSE: return NC_KEY_MOUSE;
    case CODE_PASTE_START: return NC_KEY_PASTE_START;
    case CODE_PASTE_END: return NC_KEY_PASTE_END;
    default: return code > KEY_F0 && code <= KEY_F(63) ? NC_KEY_F0 + (code - KEY_F0) : NC_KEY_OTHER;
  }
}

int nc_read(uint32_t *value) {
  wint_t code = 0;
  *value = 0;
  switch (get_wch(&code)) {
    case KEY_CODE_YES:
      *value = key_of(code);
      return NC_KEY;
    case OK:
      *value = (uint32_t)code;
      return NC_SCALAR;
    default:
      return NC_NONE;
  }
}

void nc_mouse(nc_mouse_event *event) {
  MEVENT raw_event;
  memset(event, 0, sizeof *event);
  if (getmouse(&raw_event) != OK) return;
  event->x = raw_event.x;
  event->y = raw_event.y;
  mmask_t state = raw_event.bstate;
  if (state & BUTTON4_PRESSED) event->kind = NC_MOUSE_WHEEL_UP;
  else if (state & BUTTON5_PRESSED) event->kind = NC_MOUSE_WHEEL_DOWN;
  else if (state & (BUTTON1_PRESSED | BUTTON2_PRESSED | BUTTON3_PRESSED)) event->kind = NC_MOUSE_PRESS;
  else if (state & (BUTTON1_RELEASED | BUTTON2_RELEASED | BUTTON3_RELEASED)) event->kind = NC_MOUSE_RELEASE;
  else if (state & REPORT_MOUSE_POSITION) event->kind = NC_MOUSE_DRAG;
  event->button = state & (BUTTON2_PRESSED | BUTTON2_RELEASED) ? 2 : state & (BUTTON3_PRESSED | BUTTON3_RELEASED) ? 3 : 1;
}

int nc_hung_up(int fd) {
  struct pollfd state = {.fd = fd, .events = POLLIN};
  if (poll(&state, 1, 0) <= 0) return 0;
  if (state.revents & (POLLHUP | POLLERR | POLLNVAL)) return 1;
  // Readable with nothing to read is the end of input; without this check the read source would fire forever.
  int waiting = 0;
  return (state.revents & POLLIN) && ioctl(fd, FIONREAD, &waiting) == 0 && waiting == 0;
}
