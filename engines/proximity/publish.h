// From accepted keys to the files of a release (google/exposure-notifications-server, internal/export: batcher.go,
// worker.go, exportfile.go and their defaults).
//
// Keys stand in order of their bytes, which are random, so that nothing shows which are of one person. A release of few
// is filled up with drawn keys that are told like its real ones, as many as are needed and some at random; the caller
// keeps them, so that they come and go like the others. Every file is one of one; the files of a release that is split
// differ by a second in their end, by which phones tell them apart. Pure; randomness is given.

#pragma once

#include <chrono>

#include "engines/proximity/export.h"

namespace luytre::proximity {

struct PublishRules {
  std::size_t least_keys = 1000;          // in a release that has any
  std::uint32_t least_keys_spread = 100;  // and up to so many more
  std::size_t most_keys = 500'000;        // in a file
  std::chrono::seconds window = std::chrono::hours(1);
  std::chrono::seconds least_age = std::chrono::hours(2);  // of a window's end, so that it is complete
  std::chrono::seconds longest_release = std::chrono::hours(4);
  std::chrono::seconds kept = std::chrono::hours(336);  // files, and keys after their end: 14 days
};

// The span of arrival that the next release is of: whole windows after `published_until`, all old enough. Empty: none.
std::optional<Interval> next_release(Instant published_until, Instant now, const PublishRules& rules = {});

// Of no more use, to be deleted: a key by its end, a file by its release's end.
bool outlived(const TemporaryKey& key, Instant now, const PublishRules& rules = {});
bool file_outlived(const KeyExport& file, Instant now, const PublishRules& rules = {});

struct Release {
  std::vector<KeyExport> files;     // none if there is nothing to tell
  std::vector<DiagnosisKey> drawn;  // by which it was filled up
};

// `keys` are new in the span, `revised` were released before.
Release make_release(Interval span, std::string region, std::vector<SignatureInfo> signatures,
                     std::vector<DiagnosisKey> keys, std::vector<DiagnosisKey> revised, Random& random,
                     const PublishRules& rules = {});

// What a static directory holds of it: "1588345200-1588431600-00001.zip"; `number` from 1.
std::string file_name(Interval span, std::size_t number);

}  // namespace luytre::proximity
