// Swift has no word for this; the header says it all, so that it costs no call.
#include "CPrefetch.h"
