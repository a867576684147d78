#include "platform/store/idempotency.h"

#include <sodium.h>

#include "platform/store/impl.h"

namespace luytre::store {
namespace {

constexpr std::size_t kHashBytes = 16;

constexpr Query kFind{"store.idempotency_find", "SELECT body, answer FROM store_idempotency WHERE scope = $1"};
constexpr Query kKeep{"store.idempotency_keep",
                      "INSERT INTO store_idempotency (scope, body, answer, written) VALUES ($1, $2, $3, $4)"};

std::string hash(std::string_view data) {
  std::string out(kHashBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), out.size(),
                     reinterpret_cast<const unsigned char*>(data.data()), data.size(), nullptr, 0);
  return out;
}

}  // namespace

Once make_once(std::int64_t caller, std::string_view route, std::string_view key, std::string_view body) {
  // Lengths first, so that no two different triples read alike.
  std::string scope = std::to_string(caller) + "/" + std::to_string(route.size()) + "/";
  scope += route;
  scope += key;
  // The body's hash holds the caller's key too, which is nowhere stored: answers to a form are few, and a hash of them
  // alone could be guessed by trying them all.
  std::string keyed_body = scope + '/';
  keyed_body += body;
  return {hash(scope), hash(keyed_body)};
}

std::vector<std::optional<KeptAnswer>> find_kept(Session& session, std::span<const Once* const> keys) {
  std::vector<Row> rows;
  rows.reserve(keys.size());
  for (const Once* key : keys) rows.emplace_back().emplace_back(Bytes{key->scope});
  auto found = session.each<KeptAnswer>(kFind, rows);
  std::vector<std::optional<KeptAnswer>> out(keys.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (!found[i].empty()) out[i] = std::move(found[i].front());
  }
  return out;
}

void keep_answers(Session& session, std::span<const NewAnswer> answers, Instant now) {
  std::vector<Row> rows;
  rows.reserve(answers.size());
  for (const NewAnswer& a : answers) {
    Row& row = rows.emplace_back();
    row.reserve(4);
    row.emplace_back(Bytes{a.key->scope});
    row.emplace_back(Bytes{a.key->body_hash});
    row.emplace_back(*a.answer);
    row.emplace_back(now.seconds);
  }
  // A key that is there now was not there at the look-up: a twin of another process was quicker. Run again, we find it.
  static_cast<EngineConnection&>(session.connection()).insert_at_commit(kKeep, rows, Fault::kSerialization);
}

std::optional<Result<std::string>> Database::find_once(Session& session, const Once& key) {
  const Once* const keys[] = {&key};
  auto kept = std::move(find_kept(session, keys).front());
  if (!kept) return std::nullopt;
  if (kept->body.data != key.body_hash) return Result<std::string>(kIdempotencyKeyReused);
  return Result<std::string>(std::move(kept->answer));
}

void Database::keep_once(Session& session, const Once& key, const std::string& answer) {
  const NewAnswer answers[] = {{&key, &answer}};
  keep_answers(session, answers, impl_->clock.now());
}

}  // namespace luytre::store
