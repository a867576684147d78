// Key exports: the bytes of the reference server, real signed files, and what is refused.

#include "engines/proximity/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <memory>

#include "engines/proximity/archive.h"
#include "engines/proximity/protobuf.h"
#include "engines/proximity/signature.h"
#include "engines/proximity/testing.h"

namespace luytre::proximity {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

std::string new_private_key(const char* curve = "P-256") {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen(curve), &EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> stream(BIO_new(BIO_s_mem()), &BIO_free);
  PEM_write_bio_PrivateKey(stream.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const long size = BIO_get_mem_data(stream.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

std::string unbase64(std::string_view text) {
  std::string out(text.size(), '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  const auto padding = static_cast<std::size_t>(std::count(text.begin(), text.end(), '='));
  out.resize(static_cast<std::size_t>(size) - padding);
  return out;
}

std::string sha256(std::string_view bytes) {
  std::string out(32, '\0');
  EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr, EVP_sha256(), nullptr);
  return out;
}

template <class T>
T taken(std::variant<T, ExportFault> read) {
  if (const auto* fault = std::get_if<ExportFault>(&read))
    throw std::runtime_error("refused: " + std::to_string(static_cast<int>(*fault)));
  return std::get<T>(std::move(read));
}

template <class T>
ExportFault fault_of(const std::variant<T, ExportFault>& read) {
  return std::get<ExportFault>(read);
}

KeyExport small_export() {
  KeyExport out;
  out.from = {1'636'000'000};
  out.to = {1'636'014'400};
  out.region = "VN";
  out.signatures = {{"v1", "452"}};
  for (std::uint8_t i = 0; i < 5; ++i) {
    DiagnosisKey key;
    key.key = {{i, 1, 2}, 2'728'000 + 144U * i, i % 2 == 0 ? 144U : 100U};
    key.transmission_risk = i;
    key.report_type = ReportType::kConfirmedTest;
    if (i > 0) key.onset_days = i - 3;
    (i < 4 ? out.keys : out.revised).push_back(key);
  }
  out.revised[0].report_type = ReportType::kRevoked;
  return out;
}

// The keys of that test are three bytes long and have no intervals: written as asked, but none of ours to read.
TEST(Export, WritesTheBytesOfTheReferenceServer) {
  const auto vectors = vectors_of("server.json");
  const auto& expected = vectors.at("export_bin");
  KeyExport head;
  head.from = {0x5EAB6680};
  head.to = {0x5EAB7490};
  head.region = "US";
  head.signatures = {{"1", "310"}};
  std::string bytes = export_beginning(head);
  append_key(bytes, ExportList::kNew, {"ABC", 8, 18, 0, 2, 0});
  append_key(bytes, ExportList::kNew, {"DEF", 1, 118, 1, 1, -1});
  append_key(bytes, ExportList::kNew, {"GHI", 5, 118, 1, 3, -1});
  append_key(bytes, ExportList::kRevised, {"123", 4, 100, 144, 5, std::nullopt});
  EXPECT_EQ(hex(bytes), text_of(expected, "export_bin_hex"));
  EXPECT_EQ(base64(sha256(bytes)), text_of(expected, "sha256_b64"));
  EXPECT_EQ(fault_of(read_export_bin(bytes)), ExportFault::kKey);
}

TEST(Export, ReadsWhatItWrites) {
  const KeyExport keys = small_export();
  EXPECT_EQ(taken(read_export_bin(export_bin(keys))), keys);
}

TEST(Export, OneHundredAndTenRealKeys) {
  const std::string bytes = contents(vectors() / "110-keys.export.bin");
  const KeyExport keys = taken(read_export_bin(bytes));
  EXPECT_THAT(keys.keys, SizeIs(110));
  EXPECT_EQ(keys.region, "US");
  EXPECT_THAT(keys.signatures, SizeIs(1));
  EXPECT_EQ(hex_of(keys.keys[0].key.key), "00e484ab69328ecfca4ce547deea3e0d");
  EXPECT_EQ(keys.keys[0].key.period, 117U);
  EXPECT_TRUE(std::is_sorted(keys.keys.begin(), keys.keys.end(),
                             [](const auto& a, const auto& b) { return a.key.key < b.key.key; }));
}

TEST(Export, ARealFileIsOfWhoseKeyVerifiesAndOfNobodyElse) {
  const ExportFiles files = taken(read_export_archive(contents(vectors() / "140-keys.zip")));
  const auto vectors = vectors_of("server.json");
  const auto& publics = vectors.at("sample_public_keys_spki_b64");
  const std::string right = unbase64(text_of(publics, "310-v1"));
  const std::string wrong = unbase64(text_of(publics, "ExampleServer-v1"));
  const TrustedSet trusted{{"310", "v1", right}}, another{{"310", "v1", wrong}}, renamed{{"311", "v1", right}};
  const auto read = [&](const TrustedSet& set) { return verified_export(files.bin, files.sig, std::span(&set, 1)); };

  const KeyExport keys = taken(read(trusted));
  EXPECT_THAT(keys.keys, SizeIs(140));
  EXPECT_EQ(keys.keys[0].transmission_risk, 3);
  EXPECT_EQ(keys.keys[0].key.period, 144U);
  EXPECT_EQ(fault_of(read(another)), ExportFault::kUntrusted);
  EXPECT_EQ(fault_of(read(renamed)), ExportFault::kUntrusted);
  EXPECT_EQ(fault_of(read({})), ExportFault::kUntrusted);
  EXPECT_EQ(fault_of(verified_export(files.bin, files.sig, {})), ExportFault::kUntrusted);

  // Its bytes are what our writer makes of what our reader read.
  EXPECT_EQ(export_bin(keys), files.bin);
  EXPECT_EQ(export_sig(taken(read_export_sig(files.sig))), files.sig);

  std::string changed = files.bin;
  changed.back() ^= 1;
  EXPECT_EQ(fault_of(verified_export(changed, files.sig, std::span(&trusted, 1))), ExportFault::kUntrusted);
}

TEST(Export, TheExampleOfTheReferenceServerVerifies) {
  const ExportFiles files = taken(read_export_archive(contents(vectors() / "2-keys.zip")));
  const TrustedSet trusted{{"some_id", "1", contents(vectors() / "2-keys.public.pem")}};
  const KeyExport keys = taken(verified_export(files.bin, files.sig, std::span(&trusted, 1)));
  ASSERT_THAT(keys.keys, SizeIs(2));
  EXPECT_EQ(base64({reinterpret_cast<const char*>(keys.keys[0].key.key.data()), 16}), "Fy/EgOWYSQw0F3YEM5sVQw==");
  EXPECT_EQ(keys.keys[0].key.start, 2649980U);
  EXPECT_EQ(keys.keys[0].key.period, 1U);
  EXPECT_EQ(keys.keys[0].transmission_risk, 8);
  EXPECT_EQ(base64({reinterpret_cast<const char*>(keys.keys[1].key.key.data()), 16}), "K2MFOsSDI43hdhaehh89zQ==");
  EXPECT_EQ(keys.keys[1].key.period, 114U);
  EXPECT_EQ(export_bin(keys), files.bin);
}

// Every file that lies with the shared vectors, whether or not a copy stands here.
TEST(Export, ReadsEverySharedFile) {
  const auto folder = std::filesystem::path(LUYTRE_SHARED_DATA) / "gaen";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "NOT TESTED: no shared data at " << folder;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.ends_with(".zip")) {
      const ExportFiles found = taken(read_export_archive(contents(entry.path())));
      EXPECT_FALSE(taken(read_export_bin(found.bin)).keys.empty()) << name;
      EXPECT_THAT(taken(read_export_sig(found.sig)), SizeIs(1)) << name;
      ++files;
    } else if (name.ends_with("export.bin")) {
      EXPECT_FALSE(taken(read_export_bin(contents(entry.path()))).keys.empty()) << name;
      ++files;
    }
  }
  EXPECT_GE(files, 4);
}

TEST(Export, RefusesKeysThatCannotBe) {
  const auto with = [](const WireKey& key) {
    std::string bytes = export_beginning(small_export());
    append_key(bytes, ExportList::kNew, key);
    return read_export_bin(bytes);
  };
  const std::string data(16, 'k');
  EXPECT_THAT(taken(with({data, 0, 1000, 144, {}, {}})).keys, SizeIs(1));
  EXPECT_EQ(fault_of(with({data, 0, 1000, 0, {}, {}})), ExportFault::kKey);
  EXPECT_EQ(fault_of(with({data, 0, 1000, 145, {}, {}})), ExportFault::kKey);
  EXPECT_EQ(fault_of(with({data, 0, 1000, -1, {}, {}})), ExportFault::kKey);
  EXPECT_EQ(fault_of(with({data, 0, -1000, 144, {}, {}})), ExportFault::kKey);
  EXPECT_EQ(fault_of(with({data.substr(1), 0, 1000, 144, {}, {}})), ExportFault::kKey);
  EXPECT_EQ(fault_of(with({data + 'k', 0, 1000, 144, {}, {}})), ExportFault::kKey);
  // What matching does not stand on is as if not told.
  EXPECT_EQ(taken(with({data, 0, 1000, 144, 6, {}})).keys[0].report_type, ReportType::kUnknown);
  EXPECT_EQ(taken(with({data, 0, 1000, 144, {}, 15})).keys[0].onset_days, std::nullopt);
  EXPECT_EQ(taken(with({data, 0, 1000, 144, {}, -14})).keys[0].onset_days, -14);
  EXPECT_EQ(taken(with({data, 99, 1000, 144, {}, {}})).keys[0].transmission_risk, 8);
}

TEST(Export, RefusesForeignHeadersAndEveryCut) {
  const std::string bytes = export_bin(small_export());
  EXPECT_EQ(fault_of(read_export_bin("")), ExportFault::kForeign);
  EXPECT_EQ(fault_of(read_export_bin("EK Export v2    ")), ExportFault::kForeign);
  int whole = 0;
  for (std::size_t size = kExportHeader.size(); size < bytes.size(); ++size) {
    const auto read = read_export_bin(std::string_view(bytes).substr(0, size));
    whole += std::holds_alternative<KeyExport>(read);  // cut between two fields
    EXPECT_TRUE(std::holds_alternative<KeyExport>(read) || fault_of(read) == ExportFault::kDamaged) << size;
  }
  EXPECT_LE(whole, 12);
}

TEST(Export, RefusesBatchesOutsideTheirNumberAndTooManySignatures) {
  KeyExport keys = small_export();
  for (const auto& [batch, batches] : {std::pair{0, 1}, {2, 1}, {-1, 5}, {1, 0}, {1, kMostBatches + 1}}) {
    keys.batch = batch;
    keys.batches = batches;
    EXPECT_EQ(fault_of(read_export_bin(export_bin(keys))), ExportFault::kBatch) << batch << ' ' << batches;
  }
  keys = small_export();
  keys.signatures.resize(11);
  EXPECT_EQ(fault_of(read_export_bin(export_bin(keys))), ExportFault::kTooLarge);
  EXPECT_EQ(fault_of(read_export_sig(export_sig(std::vector<ExportSignature>(11)))), ExportFault::kTooLarge);
}

TEST(Export, SignedByTwoIsGoodForEitherAndForBoth) {
  const SigningKey one({"v1", "452"}, new_private_key()), two({"v2", "452"}, new_private_key());
  const SigningKey keys[] = {two, one};
  KeyExport content = small_export();
  content.signatures = {two.info(), one.info()};
  const std::string bin = export_bin(content), sig = signed_by(bin, content, keys);
  const VerifyingKey first("452", "v1", one.public_pem()), second("452", "v2", two.public_pem());
  const VerifyingKey unknown("452", "v3", one.public_pem());
  const auto read = [&](const std::vector<TrustedSet>& sets) { return verified_export(bin, sig, sets); };
  EXPECT_EQ(taken(read({{first}})), content);
  EXPECT_EQ(taken(read({{first, second}})), content);
  EXPECT_EQ(taken(read({{unknown}, {second}})), content);
  EXPECT_EQ(fault_of(read({{first, unknown}})), ExportFault::kUntrusted);

  // One of the announced signatures taken away.
  const std::string fewer = signed_by(bin, content, std::span(keys).first(1));
  const std::vector<TrustedSet> sets{{second}};
  EXPECT_EQ(fault_of(verified_export(bin, fewer, sets)), ExportFault::kSignatures);
}

TEST(Export, SignaturesOfAnotherAlgorithmCountForNothing) {
  const SigningKey key({"v1", "452", "1.2.840.10045.4.3.4"}, new_private_key());
  const KeyExport content = small_export();
  const std::string bin = export_bin(content);
  const std::vector<TrustedSet> sets{{VerifyingKey("452", "v1", key.public_pem())}};
  EXPECT_EQ(fault_of(verified_export(bin, signed_by(bin, content, std::span(&key, 1)), sets)), ExportFault::kUntrusted);
}

TEST(Export, OnlyKeysOnP256Sign) {
  EXPECT_THROW(SigningKey({}, "nothing"), std::invalid_argument);
  EXPECT_THROW(SigningKey({}, new_private_key("P-384")), std::invalid_argument);
  EXPECT_THROW(VerifyingKey("", "", "nothing"), std::invalid_argument);
}

TEST(Export, AReleaseIsWholeWithEachBatchOnce) {
  KeyExport one = small_export(), two = small_export();
  EXPECT_TRUE(whole_release(std::vector{one}));
  EXPECT_FALSE(whole_release({}));
  one.batches = two.batches = 2;
  EXPECT_FALSE(whole_release(std::vector{one}));
  EXPECT_FALSE(whole_release(std::vector{one, two}));
  two.batch = 2;
  EXPECT_TRUE(whole_release(std::vector{two, one}));
  two.to.seconds += 1;
  EXPECT_FALSE(whole_release(std::vector{two, one}));
}

TEST(Archive, ReadsWhatItWritesAndWritesTheSameAgain) {
  for (const ExportFiles& files : {ExportFiles{std::string(10'000, 'a'), "b"}, ExportFiles{"", ""},
                                   ExportFiles{export_bin(small_export()), std::string(300, '\0')}}) {
    const std::string bytes = export_archive(files);
    EXPECT_EQ(taken(read_export_archive(bytes)), files);
    EXPECT_EQ(export_archive(files), bytes);
  }
}

TEST(Archive, RefusesEveryCutAndEveryFlippedByteOfWhatItHolds) {
  const ExportFiles files{export_bin(small_export()), std::string(200, 's')};
  const std::string bytes = export_archive(files);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(std::holds_alternative<ExportFiles>(read_export_archive(bytes.substr(0, size)))) << size;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] ^= 0x41;
    const auto read = read_export_archive(changed);
    EXPECT_TRUE(std::holds_alternative<ExportFault>(read) || std::get<ExportFiles>(read) == files) << at;
  }
}

TEST(Archive, RefusesOtherMembersAndBombs) {
  std::string bytes = export_archive({"bin", "sig"});
  const auto renamed = [&](std::string_view from, std::string_view to) {
    std::string out = bytes;
    for (std::size_t at = 0; (at = out.find(from, at)) != std::string::npos; ++at) out.replace(at, from.size(), to);
    return read_export_archive(out);
  };
  EXPECT_EQ(fault_of(renamed("export.sig", "export.bin")), ExportFault::kForeign);
  EXPECT_EQ(fault_of(renamed("export.sig", "../../a.sh")), ExportFault::kForeign);
  EXPECT_EQ(fault_of(read_export_archive("not a zip")), ExportFault::kForeign);

  // Says that it unpacks to more than is allowed, then to less than it does.
  const std::string large = export_archive({std::string(1'000'000, '\0'), ""});
  const std::size_t directory = large.find("PK\x01\x02");
  const auto saying = [&](std::uint32_t size) {
    std::string out = large;
    for (std::size_t i = 0; i < 4; ++i) out[directory + 24 + i] = static_cast<char>(size >> 8 * i);
    return read_export_archive(out);
  };
  EXPECT_TRUE(std::holds_alternative<ExportFiles>(saying(1'000'000)));
  EXPECT_EQ(fault_of(saying(0xFFFFFFFF)), ExportFault::kTooLarge);
  EXPECT_EQ(fault_of(saying(999'999)), ExportFault::kDamaged);
  EXPECT_EQ(fault_of(saying(1'000'001)), ExportFault::kDamaged);
  EXPECT_THROW(export_archive({"", std::string(kMostSigBytes + 1, ' ')}), std::length_error);
}

RC_GTEST_PROP(Protobuf, NumbersComeBack, (std::int32_t number, std::uint64_t fixed, const std::string& bytes)) {
  std::string out;
  protobuf::append_int(out, 1, number);
  protobuf::append_zigzag(out, 2, number);
  protobuf::append_fixed64(out, 3, fixed);
  protobuf::append_bytes(out, 100'000, bytes);
  protobuf::Reader reader(out);
  protobuf::Field field;
  RC_ASSERT(reader.next(field) && field.number == 1 && field.as_int() == number);
  RC_ASSERT(reader.next(field) && field.number == 2 && field.as_zigzag() == number);
  RC_ASSERT(reader.next(field) && field.number == 3 && field.value == fixed);
  RC_ASSERT(reader.next(field) && field.number == 100'000 && field.bytes == bytes);
  RC_ASSERT(!reader.next(field) && !reader.damaged());
}

TEST(Protobuf, RefusesWhatIsNoField) {
  const auto damaged = [](std::string_view text) {
    const std::string bytes = unhex(text).value();
    protobuf::Reader reader(bytes);
    for (protobuf::Field field; reader.next(field);) {
    }
    return reader.damaged();
  };
  EXPECT_FALSE(damaged("0801"));
  EXPECT_FALSE(damaged("0d01020304"));
  EXPECT_TRUE(damaged("08"));                        // no value
  EXPECT_TRUE(damaged("0001"));                      // field 0
  EXPECT_TRUE(damaged("0b0c"));                      // a group
  EXPECT_TRUE(damaged("0e01"));                      // no such kind
  EXPECT_TRUE(damaged("08ffffffffffffffffffff01"));  // a number without end
  EXPECT_TRUE(damaged("0a05010203"));                // longer than there is
  EXPECT_TRUE(damaged("0affffffffffffffff7f"));
  EXPECT_TRUE(damaged("0901020304050607"));
}

}  // namespace
}  // namespace luytre::proximity
