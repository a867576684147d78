#include "platform/base/cursor.h"

#include <gtest/gtest.h>

#include <limits>

#include "platform/base/id.h"

namespace luytre {
namespace {

TEST(CursorTest, IsReadAsItWasWritten) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  for (const Cursor at : {Cursor{0, 1}, Cursor{-5, 7}, Cursor{kMost, kMost}}) {
    const auto read = parse_cursor(cursor_text(at));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->number, at.number);
    EXPECT_EQ(read->id, at.id);
  }
}

TEST(CursorTest, AnythingElseIsRefused) {
  const std::string id = id_text(7);
  ASSERT_TRUE(parse_cursor("12." + id));
  for (const std::string& text :
       {std::string(), std::string("."), std::string("12"), std::string("12."), "." + id, "x." + id, "12x." + id,
        " 12." + id, "12.." + id, "12." + id + "0", "99999999999999999999." + id})
    EXPECT_FALSE(parse_cursor(text)) << text;
}

}  // namespace
}  // namespace luytre
