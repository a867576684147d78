// Router: each route is declared once — method, path, who may, body, answer, errors — and parsing, validation,
// permission checks, the OpenAPI document and the contract test follow from that declaration.
//
//   router.post("/visits")
//       .summary("Check in at a place")
//       .permit({Role::kCitizen}, Purpose::kOwnRecord)
//       .errors({kPlaceCodeForged, kPlaceCodeExpired})
//       .flood()                                    // Idempotency-Key required
//       .handle([&visits](Call& call, CheckIn request) -> Task<Result<Visit>> {
//         return visits.check_in(call.caller(), std::move(request), call.once());
//       });
//
// A handler is (Call&) or (Call&, Body) and returns Task<Result<T>>; T is a described struct (200, or .status(201)),
// Done (204), or a Reply (any content type, streams). `Call` outlives the task. Paths are below /api/v1 unless
// .outside_api(); "{id}" is a path parameter. A literal segment wins over a parameter. A route must name who may call
// it; the server refuses to start otherwise.

#pragma once

#include <boost/callable_traits.hpp>
#include <chrono>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/json.h"
#include "platform/base/result.h"
#include "platform/base/task.h"
#include "platform/identity/caller.h"
#include "platform/store/database.h"

namespace luytre::http {

enum class Method { kGet, kPost, kPut, kPatch, kDelete };

// A connection held open for server-sent events. One coroutine at a time.
class Stream {
 public:
  virtual ~Stream() = default;
  // False: the client is gone, or the server stops; return then. A slow client is cut when 64 KiB are unsent. An empty
  // id or type is left out.
  virtual Task<bool> event(std::string id, std::string type, std::string data) = 0;
  virtual Task<bool> sleep(std::chrono::milliseconds time) = 0;  // sends a comment every 15 s to keep proxies awake
  // Ends the present sleep, or the next one, early: for "something new was committed". Any thread may call it, at any
  // time, also after the stream has ended; it only signals.
  virtual std::function<void()> waker() = 0;
};

// An answer that is not JSON of a described struct.
struct Reply {
  int status = 200;                       // 0: the one that the route declares
  std::string type = "application/json";  // Content-Type
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;  // Set-Cookie, Content-Disposition, ETag …
  std::function<Task<void>(Stream&)> stream;                 // set: body is ignored, the type is text/event-stream
};

inline constexpr std::size_t kPageUsual = 50;
inline constexpr std::size_t kPageMost = 200;

// One request, as a handler sees it.
class Call {
 public:
  virtual ~Call() = default;
  virtual const Caller& caller() const = 0;
  virtual std::string_view path(std::string_view name) const = 0;             // "{name}" of the route, percent-decoded
  virtual std::optional<std::string> query(std::string_view name) const = 0;  // declared with .query(); decoded, tidied
  virtual std::optional<std::string> header(std::string_view name) const = 0;
  virtual std::optional<std::string> cookie(std::string_view name) const = 0;
  virtual const std::string& body() const = 0;
  virtual std::optional<store::Once> once() const = 0;               // from Idempotency-Key, when sent
  virtual std::optional<std::int64_t> if_match() const = 0;          // version number of If-Match: "3"
  virtual void set_header(std::string name, std::string value) = 0;  // on the answer (also on errors)
  virtual bool secure() const = 0;                                   // came over TLS (directly or by a trusted proxy)

  // A query parameter that .query() declared with the schema of T (integer, boolean, date, date-time, id, choices). The
  // door has refused a malformed one with 422.
  template <class T>
  std::optional<T> query_as(std::string_view name) const {
    const auto text = query(name);
    if (!text) return std::nullopt;
    if constexpr (json::Formatted<T>) {
      return json::Format<T>::read(*text);
    } else if constexpr (json::DescribedEnum<T>) {
      return json::parse_enum<T>(*text);
    } else if constexpr (std::is_same_v<T, bool>) {
      return *text == "true";
    } else {
      return static_cast<T>(std::stoll(*text));
    }
  }

  // Of a .paged() route.
  std::size_t page_limit() const { return query_as<std::size_t>("limit").value_or(kPageUsual); }
  std::optional<std::string> cursor() const { return query("cursor"); }

  // Path parameter as an id; a malformed one is id 0, which no row has.
  template <class Noun>
  Noun id(std::string_view name = "id") const {
    return Noun{parse_id(path(name)).value_or(0)};
  }
  template <class Noun>
  std::optional<Noun> query_id(std::string_view name) const {
    const auto text = query(name);
    if (!text) return std::nullopt;
    return Noun{parse_id(*text).value_or(0)};
  }
};

// One page of a list; `next` is an opaque cursor, absent on the last page. Every list takes ?cursor= and ?limit=
// (1–200, default 50).
template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::string> next;
  BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};

using Handler = std::function<Task<Result<Reply>>(Call&)>;

struct QueryParameter {
  std::string name;
  std::string schema;  // "string", "integer", "boolean", "date-time", "date", "id", or "a|b|c" for choices
  std::string help;
  bool required = false;
};

struct RouteInfo {
  Method method = Method::kGet;
  std::string path;  // as declared, with /api/v1 unless outside
  std::string summary;
  std::string tag;  // first path segment
  std::vector<Role> roles;
  Purpose purpose = Purpose::kPublic;
  std::vector<ErrorCode> errors;
  std::vector<QueryParameter> query;
  bool paged = false;
  bool idempotent = false;       // Idempotency-Key required
  bool versioned = false;        // If-Match required
  bool limited_session = false;  // a session without second proof may call it
  int status = 200;
  std::size_t body_limit = 64 * 1024;
  std::string accepts = "application/json";                      // of the request's body
  std::string content_type = "application/json";                 // of the answer
  std::function<json::Object(json::Components&)> body_schema;    // empty: no body, or not JSON
  std::function<json::Object(json::Components&)> answer_schema;  // empty: 204 or not JSON
  Handler handler;
  std::size_t number = 0;  // position among the routes

  bool in_api() const { return path.starts_with("/api/v1/"); }
  bool takes_body() const { return body_schema || accepts != "application/json"; }
};

std::string_view method_name(Method method);                         // "GET"
std::vector<std::string_view> path_segments(std::string_view path);  // "/a/{b}" → a, {b}
std::string operation_id(
    const RouteInfo& route);  // "postVisitsByIdCheckOut": method and path words; stable, named by the web client

class RouteBuilder {
 public:
  explicit RouteBuilder(RouteInfo& info) : info_(info) {}
  RouteBuilder& summary(std::string text);
  RouteBuilder& permit(std::initializer_list<Role> roles, Purpose purpose);  // Role::kAnyone: public
  RouteBuilder& errors(std::initializer_list<ErrorCode> codes);
  RouteBuilder& query(std::string name, std::string schema, std::string help = "", bool required = false);
  RouteBuilder& paged();        // cursor and limit
  RouteBuilder& flood();        // Idempotency-Key required
  RouteBuilder& versioned();    // If-Match required
  RouteBuilder& limited();      // callable before the second proof
  RouteBuilder& outside_api();  // the path is as written, not below /api/v1
  RouteBuilder& status(int code);
  RouteBuilder& body_limit(std::size_t bytes);
  RouteBuilder& accepts(std::string type);       // a raw body of this content type, found in call.body()
  RouteBuilder& content_type(std::string type);  // of a Reply

  template <class F>
  void handle(F function) {
    using Arguments = boost::callable_traits::args_t<F>;
    using Answer = typename boost::callable_traits::return_type_t<F>::value_type::value_type;
    if constexpr (std::is_same_v<Answer, Done>) {
      if (info_.status == 200) info_.status = 204;
    } else if constexpr (!std::is_same_v<Answer, Reply>) {
      info_.answer_schema = [](json::Components& c) { return json::schema<Answer>(c); };
    }
    // One of the lambda's arguments is its object for pointers to members only; a lambda's args are (Call&[, Body]).
    if constexpr (std::tuple_size_v<strip_object<Arguments>> == 2) {
      using Parameter = std::tuple_element_t<1, strip_object<Arguments>>;
      static_assert(!std::is_reference_v<Parameter>, "take the body by value: a coroutine outlives the reference");
      using Body = std::remove_cv_t<Parameter>;
      info_.body_schema = [](json::Components& c) { return json::schema<Body>(c); };
      info_.handler = [function](Call& call) -> Task<Result<Reply>> {
        auto body = json::parse<Body>(call.body());
        if (!body) return refused<Reply>(body.error());
        return answer<Answer>(function(call, std::move(*body)), call);
      };
    } else {
      info_.handler = [function](Call& call) -> Task<Result<Reply>> { return answer<Answer>(function(call), call); };
    }
  }

 private:
  template <class Tuple>
  struct Strip {
    using type = Tuple;
  };
  template <class First, class... Rest>
  requires(!std::is_same_v<std::remove_cvref_t<First>, Call>) struct Strip<std::tuple<First, Rest...>> {
    using type = std::tuple<Rest...>;
  };
  template <class Tuple>
  using strip_object = typename Strip<Tuple>::type;

  template <class T>
  static Task<Result<Reply>> answer(Task<Result<T>> task, Call& call) {
    Result<T> result = co_await std::move(task);
    if (!result) co_return result.error();
    if constexpr (std::is_same_v<T, Reply>) {
      co_return std::move(*result);
    } else {
      Reply reply;
      reply.status = 0;
      if constexpr (!std::is_same_v<T, Done>) {
        reply.body = json::text(*result);
        if constexpr (requires { result->version; })
          call.set_header("ETag", '"' + std::to_string(result->version) + '"');
      }
      co_return reply;
    }
  }

  RouteInfo& info_;
};

// Declare all routes first, on one thread; the first match() seals the router, and from then on it is thread-safe.
class Router {
 public:
  Router();
  ~Router();
  Router(const Router&) = delete;
  Router& operator=(const Router&) = delete;

  RouteBuilder get(std::string path) { return add(Method::kGet, std::move(path)); }
  RouteBuilder post(std::string path) { return add(Method::kPost, std::move(path)); }
  RouteBuilder put(std::string path) { return add(Method::kPut, std::move(path)); }
  RouteBuilder patch(std::string path) { return add(Method::kPatch, std::move(path)); }
  RouteBuilder del(std::string path) { return add(Method::kDelete, std::move(path)); }

  struct Match {
    const RouteInfo* route = nullptr;
    std::vector<std::pair<std::string, std::string>> path;
    std::vector<Method> allowed;  // when the path exists with other methods
  };
  Match match(Method method,
              std::string_view path) const;  // the path still percent-encoded; a malformed one matches nothing

  const std::vector<std::unique_ptr<RouteInfo>>& routes() const { return routes_; }
  std::string openapi(std::string_view title, std::string_view version) const;  // JSON

 private:
  struct Node;
  RouteBuilder add(Method method, std::string path);
  void seal() const;  // throws std::logic_error for a route without permission or handler, or declared twice

  std::vector<std::unique_ptr<RouteInfo>> routes_;
  mutable std::once_flag sealed_;
  mutable std::unique_ptr<Node> root_;
};

}  // namespace luytre::http
