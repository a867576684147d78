// Calibrates a distance table on all scenarios of an experiment and writes it, with the digest of what it rests on.
//
//   distance_calibrate FOLDER ID DATE SOURCE > TABLE.json
//
// FOLDER holds scenario*.sqlite as distance_testing.h reads them. The digest is the SHA-256 of the files' bytes, one
// after the other by name. Whose measurements they are decides whether the table may be given away: those of DP-3T are
// CC BY-ND, and no table of them is carried here.

#include <sodium.h>

#include <fstream>
#include <iostream>

#include "engines/proximity/distance_testing.h"
#include "platform/base/json.h"

namespace {

using namespace luytre;
namespace fs = std::filesystem;

std::string digest(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".sqlite" && entry.path().stem().string().starts_with("scenario"))
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    char part[1 << 16];
    while (in.read(part, sizeof(part)) || in.gcount() > 0)
      crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(part),
                                static_cast<unsigned long long>(in.gcount()));
  }
  unsigned char sum[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_final(&state, sum);
  std::string text;
  for (const unsigned char byte : sum) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  const auto date = argc == 5 ? parse_date(argv[3]) : std::nullopt;
  if (!date || sodium_init() < 0) {
    std::cerr << "usage: distance_calibrate FOLDER ID DATE SOURCE > TABLE.json\n";
    return 2;
  }
  try {
    proximity::DistanceTable named;
    named.id = argv[2];
    named.date = *date;
    named.source = argv[4];
    named.data = digest(argv[1]);
    std::vector<proximity::MeasuredPair> pairs;
    for (auto& scenario : proximity::testing::read_experiment(argv[1], proximity::testing::Ways::kBoth))
      pairs.insert(pairs.end(), scenario.pairs.begin(), scenario.pairs.end());
    std::cout << json::text(proximity::fit(named, pairs)) << '\n';
  } catch (const std::exception& failure) {
    std::cerr << argv[1] << ": " << failure.what() << '\n';
    return 1;
  }
  return 0;
}
