// Delays every fsync and fdatasync of the program that it is preloaded into by 2 ms: a disk that is slower than the one
// at hand, the same for both sides of a comparison.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

typedef int (*flush)(int);

static int slowly(const char* name, int file) {
  static const struct timespec delay = {0, 2 * 1000 * 1000};
  nanosleep(&delay, 0);
  return ((flush)dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) {
  return slowly("fsync", file);
}

int fdatasync(int file) {
  return slowly("fdatasync", file);
}
