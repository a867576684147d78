// What a stale If-Match is answered: kVersionConflict with the newer version in it, so that the client can show both.

#pragma once

#include <utility>

#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/base/task.h"

namespace luytre {

// Of what is about no person, or about the caller's own household.
template <class T>
Error version_conflict(const T& current) {
  Error error(kVersionConflict);
  error.current = json::text(current);
  return error;
}

// Of what is about a person: the newer version is disclosed, so it is a look like any other, allowed and in the access
// log before it is answered. The edit was refused, and whatever it had logged was rolled back with it: it answers
// kVersionConflict alone, and `look` () -> Task<Result<T>> reads what stands there, in a transaction of its own.
template <class T, class Look>
Task<Result<T>> with_current(Task<Result<T>> editing, Look look) {
  Result<T> edited = co_await std::move(editing);
  if (edited || edited.error().code != kVersionConflict.code) co_return edited;
  Task<Result<T>> looking = look();
  const Result<T> current = co_await std::move(looking);
  if (!current) co_return current.error();
  co_return version_conflict(*current);
}

}  // namespace luytre
