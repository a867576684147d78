#include "engines/proximity/publish.h"

#include <algorithm>
#include <cstdio>

namespace luytre::proximity {
namespace {

void sort_by_bytes(std::vector<DiagnosisKey>& keys) {
  std::sort(keys.begin(), keys.end(), [](const DiagnosisKey& a, const DiagnosisKey& b) { return a.key < b.key; });
}

// Told as the real ones are, each as often as the others.
std::vector<DiagnosisKey> draw_like(const std::vector<DiagnosisKey>& real, std::size_t count, Random& random) {
  std::vector<DiagnosisKey> out;
  for (std::size_t i = 0; i < count; ++i) {
    DiagnosisKey& key = out.emplace_back(real[i % real.size()]);
    const std::string bytes = random.bytes(key.key.key.size());
    std::copy(bytes.begin(), bytes.end(), key.key.key.begin());
  }
  return out;
}

}  // namespace

std::optional<Interval> next_release(Instant published_until, Instant now, const PublishRules& rules) {
  const auto cut = [&](Instant t) { return Instant{t.seconds - t.seconds % rules.window.count()}; };
  const Instant from = cut(published_until);
  const Instant to = std::min(cut(now - rules.least_age), from + rules.longest_release);
  const Interval span{from, to};
  if (span.empty()) return std::nullopt;
  return span;
}

bool outlived(const TemporaryKey& key, Instant now, const PublishRules& rules) {
  return end_of(key) + rules.kept <= now;
}

bool file_outlived(const KeyExport& file, Instant now, const PublishRules& rules) {
  return file.to + rules.kept <= now;
}

Release make_release(Interval span, std::string region, std::vector<SignatureInfo> signatures,
                     std::vector<DiagnosisKey> keys, std::vector<DiagnosisKey> revised, Random& random,
                     const PublishRules& rules) {
  Release out;
  const std::size_t wanted = rules.least_keys + random.below(rules.least_keys_spread + 1);
  // Of no real ones there is nothing to draw like: revised keys alone were all released before and hide nobody.
  if (!keys.empty() && keys.size() < wanted) {
    out.drawn = draw_like(keys, wanted - keys.size(), random);
    keys.insert(keys.end(), out.drawn.begin(), out.drawn.end());
  }
  sort_by_bytes(keys);
  sort_by_bytes(revised);
  const std::size_t all = keys.size() + revised.size();
  for (std::size_t at = 0; at < all; at += rules.most_keys) {
    KeyExport file;
    file.from = span.from;
    file.to = span.to + std::chrono::seconds(out.files.size());
    file.region = region;
    file.signatures = signatures;
    const std::size_t to = std::min(all, at + rules.most_keys);
    const auto part = [&](const std::vector<DiagnosisKey>& of, std::size_t before) {
      const auto place = [&](std::size_t i) {
        return of.begin() + static_cast<std::ptrdiff_t>(std::clamp(i, before, before + of.size()) - before);
      };
      return std::vector<DiagnosisKey>(place(at), place(to));
    };
    file.keys = part(keys, 0);
    file.revised = part(revised, keys.size());
    out.files.push_back(std::move(file));
  }
  return out;
}

std::string file_name(Interval span, std::size_t number) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "-%05zu.zip", number);
  return std::to_string(span.from.seconds) + '-' + std::to_string(span.to.seconds) + digits;
}

}  // namespace luytre::proximity
