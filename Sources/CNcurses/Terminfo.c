// What the terminal descriptions say. A file of its own, since term.h turns `columns`, `lines` and more into macros.
#include "Internal.h"

#include <term.h>

int nc_term_known(const char *term, int out, int *colors) {
  int status = 0;
  *colors = 0;
  TERMINAL *current = cur_term;
  if (!term || !*term || setupterm((char *)term, out, &status) != OK || status != 1) {
    if (current) set_curterm(current);
    return 0;
  }
  int count = tigetnum("colors");
  *colors = count > 0 ? count : 0;
  char *move = tigetstr("cup");
  int can_move = move && move != (char *)-1;
  // A screen that is up keeps its own description.
  TERMINAL *probed = set_curterm(current);
  if (probed != current) del_curterm(probed);
  return can_move ? 1 : -1;
}
