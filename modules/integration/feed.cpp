#include "modules/integration/feed.h"

#include <algorithm>

namespace luytre::integration {
namespace {

const identity::Action kFollow{
    "feed.follow",
    Purpose::kCommand,
    {Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander}};
constexpr std::chrono::milliseconds kPoll{500};
constexpr std::size_t kScan = 500;
constexpr std::size_t kPushed = 100;

bool wanted(std::string_view types, std::string_view type) {
  if (types.empty()) return true;
  for (std::size_t at = 0; at <= types.size();) {
    const std::size_t comma = std::min(types.find(',', at), types.size());
    if (types.substr(at, comma - at) == type) return true;
    at = comma + 1;
  }
  return false;
}

}  // namespace

Task<Result<Feed::Batch>> Feed::read(const Caller& caller, store::Position from, std::string types,
                                     std::size_t limit) const {
  return db_.read([this, areas = access_.areas(caller, kFollow), from, types = std::move(types),
                   limit](store::Session& s) -> Result<Batch> {
    Batch out;
    out.last = from;
    const auto events = db_.events_after(s, from, kScan);
    if (!events) return kFeedGone;
    for (const store::Event& event : *events) {
      if (out.items.size() == limit) {
        out.more = true;
        return out;
      }
      out.last = event.position();
      const UnitId unit{event.unit};
      const bool visible = event.unit != 0 && geography_.covers(areas, unit);
      if (!visible || !wanted(types, event.type)) continue;
      out.items.push_back(
          {to_text(event.position()), event.type, SubjectId{event.subject}, event.at, event.version, unit});
    }
    out.more = events->size() == kScan;
    return out;
  });
}

Task<store::Position> Feed::newest() const {
  return db_.read([this](store::Session& s) { return db_.newest(s); });
}

Task<Result<Changes>> Feed::changes(const Caller& caller, std::optional<std::string> since, std::string types,
                                    std::size_t limit) const {
  const Caller asking = caller;
  store::Position from;
  if (since) {
    const auto parsed = store::parse_position(*since);
    if (!parsed) {
      std::vector<FieldError> wrong{FieldError{"?since", "format", {}}};
      co_return Error(kInvalid, wrong);
    }
    from = *parsed;
  }
  Changes out;
  // A stretch of the feed without anything visible is skipped here rather than answered as an empty page.
  for (bool more = true; more && out.items.empty();) {
    auto batch = co_await read(asking, from, types, limit);
    if (!batch) co_return batch.error();
    from = batch->last;
    more = batch->more;
    out.items = std::move(batch->items);
  }
  out.next = to_text(from);
  co_return out;
}

Task<void> Feed::push(http::Stream& out, Caller caller, store::Position from) const {
  for (;;) {
    const auto batch = co_await read(caller, from, std::string(), kPushed);
    if (!batch) {
      std::string code = batch.error().code;
      std::string data = json::text(code);
      co_await out.event(std::string(), std::move(code), std::move(data));
      co_return;
    }
    for (const Item& item : batch->items) {
      std::string data = json::text(item);
      const bool sent = co_await out.event(item.position, item.type, std::move(data));
      if (!sent) co_return;
    }
    from = batch->last;
    if (batch->more) continue;
    const bool awake = co_await out.sleep(kPoll);
    if (!awake) co_return;
  }
}

Task<Result<http::Reply>> Feed::stream(const Caller& caller, std::optional<std::string> since) const {
  const Caller asking = caller;
  store::Position from;
  const auto parsed = since ? store::parse_position(*since) : std::nullopt;
  if (parsed) {
    from = *parsed;
  } else {
    from = co_await newest();
  }
  http::Reply reply;
  reply.stream = [this, asking, from](http::Stream& out) { return push(out, asking, from); };
  co_return reply;
}

void routes(http::Router& router, Feed& feed) {
  router.get("/changes")
      .summary("What happened in the own area since a position: ids, types and instants")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander},
              Purpose::kCommand)
      .query("since", "string", "Position of the last item seen; absent: from the beginning")
      .query("types", "string", "Comma-separated event types; absent: all")
      .query("limit", "integer", "1–200")
      .errors({kFeedGone})
      .handle([&feed](http::Call& call) {
        const auto asked = call.query("limit");
        const std::size_t limit = asked ? std::clamp<long>(std::atol(asked->c_str()), 1, 200) : 100;
        return feed.changes(call.caller(), call.query("since"), call.query("types").value_or(""), limit);
      });
  router.get("/stream")
      .summary("The same, pushed as server-sent events")
      .permit({Role::kStationOfficer, Role::kDistrictOfficer, Role::kProvinceOfficer, Role::kCommander},
              Purpose::kCommand)
      .query("since", "string", "Position to begin after; absent: now")
      .content_type("text/event-stream")
      .handle([&feed](http::Call& call) {
        auto since = call.header("Last-Event-ID");
        if (!since) since = call.query("since");
        return feed.stream(call.caller(), std::move(since));
      });
}

}  // namespace luytre::integration
