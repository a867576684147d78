#include "modules/people/name_terms.h"

#include "modules/people/name_fit.h"
#include "modules/people/name_storage.h"
#include "platform/base/words.h"

namespace luytre::people {
namespace {

using store::Session;

std::string both(const std::string& one, const std::string& other) {
  return one < other ? one + ' ' + other : other + ' ' + one;
}

std::vector<std::string> terms_of(std::vector<std::string> words) {
  if (words.size() > kTermWordsMost) words.resize(kTermWordsMost);
  std::vector<std::string> out = words;
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::size_t j = i + 1; j < words.size(); ++j) out.push_back(both(words[i], words[j]));
  return out;
}

// Also what an earlier filling wrote: all words, two of them in either order.
std::vector<std::string> any_terms_of(const std::vector<std::string>& words) {
  std::vector<std::string> out = words;
  for (const std::string& one : words)
    for (const std::string& other : words)
      if (one != other) out.push_back(one + ' ' + other);
  return out;
}

}  // namespace

std::string best_term(const std::vector<std::string>& words) {
  const auto rarest = rarest_first(words);
  return rarest.size() < 2 ? rarest.front() : both(rarest[0], rarest[1]);
}

void add_name(Session& session, const storage::PersonRow& row) {
  const auto words = words_of(row.name);
  storage::insert_words(session, row, words);
  const auto terms = terms_of(words);
  // A name has all its terms or none. They are read, and not only left alone where they are: else PostgreSQL would not
  // see that somebody takes the name while its last bearer loses it, and the name would be borne and not be found.
  if (!terms.empty() && !storage::has_term(session, row.name, terms.back()))
    storage::insert_terms(session, row.name, terms);
}

void change_name(Session& session, const storage::PersonRow& row, const std::string& name_before) {
  storage::delete_words(session, row.id);
  add_name(session, row);
  if (name_before != row.name) drop_name(session, name_before);
}

void drop_name(Session& session, const std::string& name) {
  if (!storage::is_borne(session, name)) storage::delete_terms(session, name, any_terms_of(words_of(name)));
}

}  // namespace luytre::people
