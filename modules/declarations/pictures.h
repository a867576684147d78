// Pictures that belong to answers: the result of a test, say. They are sent with the declaration, in one request, so
// that there is never one without the other; the answers name each by its address (engines/forms/values.h: Attachment).
//
// A picture is a plain JPEG (platform/base/jpeg.h) of at most kPictureMost bytes. It is sealed, kept as long as its
// declaration and deleted or withdrawn with it. At most kPicturesMost in a declaration, kOfPersonMost kept of one
// person, and kOfAccountMost kept of what one account declared for its household.

#pragma once

#include <vector>

#include "modules/declarations/declarations.h"
#include "modules/declarations/pictures_storage.h"

namespace luytre::declarations {

inline constexpr std::size_t kPictureMost = 400 * 1024;
inline constexpr std::int64_t kOfPersonMost = 12;
inline constexpr std::int64_t kOfAccountMost = 40;

// "urn:luytre:declaration-picture:<id>"
std::string picture_url(PictureId id);
std::optional<PictureId> picture_of(std::string_view url);

// The pictures of one submit, while its answers are read.
class SentPictures {
 public:
  // Errors: invalid (below /pictures).
  static Result<SentPictures> read(const NewDeclaration& asked, IdMaker& ids, const Vault& vault);

  // For the reader of answers: what was sent, and, of a correction, what may have been kept of the version before.
  forms::Files files();

  // Errors: invalid, when one was sent that no answer names.
  Result<Done> all_named() const;
  std::vector<storage::PictureRow> rows() const;  // without person, declaration, account, time
  const std::vector<forms::Attachment>& kept() const { return kept_; }

 private:
  struct Sent {
    std::string url;  // as the sender calls it
    forms::Attachment attachment;
    storage::PictureRow row;
    bool named = false;
  };
  bool corrects_ = false;
  std::vector<Sent> sent_;
  std::vector<forms::Attachment> kept_;
};

}  // namespace luytre::declarations
