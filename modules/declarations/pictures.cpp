#include "modules/declarations/pictures.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "modules/declarations/impl.h"
#include "platform/base/jpeg.h"
#include "platform/base/text.h"

namespace luytre::declarations {
namespace {

constexpr std::string_view kUrl = "urn:luytre:declaration-picture:";
constexpr const char* kSeal = "declarations.picture";
constexpr const char* kType = "image/jpeg";

// As FHIR's Attachment has it: SHA-1 in base64. It finds damage; that nobody else wrote it, the seal says.
std::string hash_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("SHA-1 is not available");
  std::string out(4 * ((size + 2) / 3) + 1, '\0');
  out.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), digest.data(), static_cast<int>(size))));
  return out;
}

}  // namespace

std::string picture_url(PictureId id) {
  return std::string(kUrl) + to_text(id);
}

std::optional<PictureId> picture_of(std::string_view url) {
  if (!url.starts_with(kUrl)) return std::nullopt;
  const auto id = parse_id(url.substr(kUrl.size()));
  return id ? std::optional(PictureId{*id}) : std::nullopt;
}

Result<SentPictures> SentPictures::read(const NewDeclaration& asked, IdMaker& ids, const Vault& vault) {
  SentPictures out;
  out.corrects_ = asked.corrects.has_value();
  if (!asked.pictures) return out;
  if (asked.pictures->size() > kPicturesMost) return wrong_field("/pictures", "too_long");
  for (std::size_t i = 0; i < asked.pictures->size(); ++i) {
    const NewPicture& given = (*asked.pictures)[i];
    const std::string at = "/pictures/" + std::to_string(i);
    const auto same = [&](const Sent& one) { return one.url == std::string_view(given.url); };
    if (given.url.empty() || std::any_of(out.sent_.begin(), out.sent_.end(), same))
      return wrong_field(at + "/url", "repeated");
    const auto bytes = parse_base64url(given.data);
    if (!bytes) return wrong_field(at + "/data", "encoding");
    auto read = plain_jpeg(*bytes);
    if (const auto* fault = std::get_if<JpegFault>(&read))
      return wrong_field(at + "/data", *fault == JpegFault::kTooLarge ? "range" : "format");
    const Jpeg& jpeg = std::get<Jpeg>(read);
    if (jpeg.bytes.size() > kPictureMost) return wrong_field(at + "/data", "too_long");
    Sent sent;
    sent.url = given.url;
    sent.row.id = ids.make<PictureId>();
    sent.row.picture = {vault.seal(kSeal, to_text(sent.row.id), jpeg.bytes)};
    sent.attachment = {kType, static_cast<std::int64_t>(jpeg.bytes.size()), hash_of(jpeg.bytes),
                       picture_url(sent.row.id)};
    out.sent_.push_back(std::move(sent));
  }
  return out;
}

forms::Files SentPictures::files() {
  return [this](const forms::Attachment& given) -> std::optional<forms::Attachment> {
    for (Sent& one : sent_) {
      if (one.url != given.url) continue;
      if (std::exchange(one.named, true)) return std::nullopt;
      return one.attachment;
    }
    if (!corrects_ || !picture_of(given.url)) return std::nullopt;
    kept_.push_back(given);  // whether the version before has exactly this one is looked up when it is replaced
    return given;
  };
}

Result<Done> SentPictures::all_named() const {
  for (std::size_t i = 0; i < sent_.size(); ++i)
    if (!sent_[i].named) return wrong_field("/pictures/" + std::to_string(i), "unknown");
  return Done{};
}

std::vector<storage::PictureRow> SentPictures::rows() const {
  std::vector<storage::PictureRow> out;
  for (const Sent& one : sent_) out.push_back(one.row);
  return out;
}

Result<Done> Declarations::Impl::room_for_pictures(store::Session& session, PersonId person, AccountId account,
                                                   std::size_t more) const {
  if (more == 0) return Done{};
  const auto adding = static_cast<std::int64_t>(more);
  const bool full = storage::pictures_of_person(session, person) + adding > kOfPersonMost ||
                    (account.value != 0 && storage::pictures_of_account(session, account) + adding > kOfAccountMost);
  if (full) return kTooManyPictures;
  return Done{};
}

void Declarations::Impl::keep_pictures(store::Session& session, const storage::DeclarationRow& row,
                                       std::vector<storage::PictureRow> pictures) const {
  for (storage::PictureRow& one : pictures) {
    one.person = row.person;
    one.declaration = row.id;
    one.account = row.declared_by;
    one.recorded = row.recorded;
    storage::insert(session, one);
  }
}

Result<std::vector<storage::PictureRow>> Declarations::Impl::pictures_before(
    store::Session& session, const storage::DeclarationRow& old, const std::vector<forms::Attachment>& kept) const {
  std::vector<storage::PictureRow> out;
  if (kept.empty()) return out;
  const Error unknown = wrong_field("/response", "unknown");
  const DatedForm* dated = catalogue.find(old.form, old.form_version);
  const auto before = dated ? forms::read_kept(dated->form, unseal(old).response) : Result<forms::Response>(unknown);
  if (!before) return unknown;
  for (const forms::Attachment& one : kept) {
    const bool there = std::any_of(before->answers.begin(), before->answers.end(), [&](const auto& answer) {
      return std::find(answer.second.begin(), answer.second.end(), forms::Value(one)) != answer.second.end();
    });
    auto row = there ? storage::picture(session, old.person, old.id, *picture_of(one.url)) : std::nullopt;
    const bool twice = row && std::any_of(out.begin(), out.end(), [&](const auto& o) { return o.id == row->id; });
    if (!row || twice) return unknown;
    out.push_back(std::move(*row));
  }
  return out;
}

Result<http::Reply> Declarations::Impl::picture(store::Session& session, PersonId person, DeclarationId declaration,
                                                PictureId id) const {
  const auto found = storage::picture(session, person, declaration, id);
  if (!found) return kNotFound;
  http::Reply out;
  out.type = kType;
  out.body = vault.unsealed(kSeal, to_text(id), found->picture.data);
  out.headers.emplace_back("Cache-Control", "no-store");
  return out;
}

Task<Result<http::Reply>> Declarations::picture(const Caller& caller, DeclarationId declaration, PictureId id) const {
  return impl_->db.transact([impl = impl_.get(), caller, declaration, id](store::Session& s) -> Result<http::Reply> {
    const auto opened = impl->open(s, caller, declaration, kSeePicture, ", picture " + to_text(id));
    if (!opened) return opened.error();
    return impl->picture(s, opened->row.person, declaration, id);
  });
}

Result<http::Reply> Declarations::picture_shown(store::Session& session, PersonId person, DeclarationId declaration,
                                                PictureId id) const {
  return impl_->picture(session, person, declaration, id);
}

}  // namespace luytre::declarations
