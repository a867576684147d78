#include "engines/proximity/lanes.h"

#ifdef __x86_64__
#include <cpuid.h>
#endif

#include <vector>

#include "engines/proximity/lane_list.h"

namespace luytre::proximity {
namespace {

std::vector<const Lane*> lanes_here() {
  std::vector<const Lane*> out;
#ifdef __x86_64__
  // __builtin_cpu_supports also asks whether the system keeps the registers; VAES and SHA, which not every compiler's
  // knows, add none (Intel SDM 2A, CPUID leaf 7).
  unsigned a = 0, b = 0, c = 0, d = 0;
  const bool leaf = __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0;
  const bool vaes = leaf && (c >> 9 & 1), sha = leaf && (b >> 29 & 1);
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("aes");
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (avx512 && vaes) out.push_back(&kAvx512Lane);
  if (avx2 && sha) out.push_back(&kShaNiLane);
  if (avx2) out.push_back(&kAesNiLane);
#endif
  out.push_back(&kPortableLane);
  return out;
}

}  // namespace

std::span<const Lane* const> lanes() {
  static const std::vector<const Lane*> kHere = lanes_here();
  return kHere;
}

}  // namespace luytre::proximity
