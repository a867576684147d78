// The lanes that there are; what runs here, lanes.cpp says. Names of their own, as each is built with its own
// instructions and must not be taken for another's.

#pragma once

#include "engines/proximity/lanes.h"

namespace luytre::proximity {

extern const Lane kPortableLane;
extern const Lane kAesNiLane;   // AES-NI, AVX2
extern const Lane kShaNiLane;   // and the SHA instructions
extern const Lane kAvx512Lane;  // AVX-512 F, BW, DQ, VL, VAES

}  // namespace luytre::proximity
