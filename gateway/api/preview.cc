// Files shown in a frame: asked for where the pages are, served from the previews' own origin.
//
// Threat: evidence that a browser runs. On that origin there is nothing to take: no session, no
// page, one file an address, in a sandbox, as a picture or as plain text by its bytes and never by
// its name (security decision 26).
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/pages.h"
#include "gateway/api/stored.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;
using service::ServedFile;

constexpr std::size_t kBodyBytes = 8u << 10;
constexpr std::size_t kTextBytes = 4u << 20;
constexpr std::string_view kText = "text/plain; charset=utf-8";

// {"path"}
std::optional<std::string> path_in(core::ByteView body) {
  const auto document = core::json::parse(body, core::Limits{.json_bytes = kBodyBytes});
  if (!document || document->as_object() == nullptr || document->as_object()->size() != 1) {
    return std::nullopt;
  }
  const core::json::Value* path = document->find("path");
  if (path == nullptr || path->as_string() == nullptr) return std::nullopt;
  return *path->as_string();
}

// A file that may be shown, and its first bytes.
struct Shown {
  ServedFile file;
  core::Bytes piece;
  std::string_view type;  // empty: not to be shown
};

core::Result<Shown> open_shown(const store::Vault& vault, const Preview& preview) {
  HEYAN_TRY(ServedFile file, ServedFile::open(vault, preview.court, preview.file));
  HEYAN_TRY(core::Bytes piece, file.next());
  Shown shown{.file = std::move(file), .piece = std::move(piece), .type = {}};
  shown.type = picture_type(shown.piece);
  if (!shown.type.empty() || preview.file.size > kTextBytes) return shown;
  HEYAN_TRY(const core::Bytes rest, shown.file.all(kTextBytes));
  shown.piece.insert(shown.piece.end(), rest.begin(), rest.end());
  if (is_plain_text(shown.piece)) shown.type = kText;
  return shown;
}

}  // namespace

Task<void> Api::begin_preview(Exchange& exchange, Caller caller, std::string id) {
  const auto body = co_await read_whole_body(exchange, kBodyBytes);
  if (!body) {
    co_await refuse(exchange, body.error());
    co_return;
  }
  const auto path = path_in(*body);
  const std::string* authority = exchange.head().find("host");
  const auto host = authority == nullptr ? std::nullopt : host_name(*authority);
  if (!path || !host) {
    co_await refuse(exchange,
                    problem_of(path ? Problem::kMalformedRequest : Problem::kMalformedBody,
                               "the body is {\"path\": \"files/a.png\"}"));
    co_return;
  }
  const auto find = [&]() -> core::Result<std::optional<Previews::Granted>> {
    HEYAN_TRY(const auto file, open_stored(parts_.acceptance, caller.scope(), id, *path));
    if (!file) return std::nullopt;
    HEYAN_TRY(const auto submission, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!submission) return std::nullopt;
    HEYAN_TRY(auto granted,
              previews_.grant(
                  {.court = submission->court,
                   .file = file->file(),
                   .frame = "https://" + *authority,
                   .owner = caller.session_name.empty() ? caller.counted() : caller.session_name,
                   .session = core::from_hex(caller.session_name).value_or(core::Bytes())},
                  settings_.now_ms()));
    return granted;
  };
  const auto granted = co_await exchange.workers().run(find);
  if (!granted || !*granted) {
    co_await refuse(exchange, problem_of(granted ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  core::json::Value value;
  value
      .set("url", "https://" + std::string(*host) + ":" + std::to_string(parts_.preview_port()) +
                      "/p/" + (*granted)->name)
      .set("until", core::format_rfc3339(core::from_unix_ms((*granted)->until_ms)));
  http::Answer answer = json_answer(201, core::json::write_canonical(value));
  co_await say(exchange, std::move(answer));
}

Task<void> Api::preview(Exchange& exchange, const Segments& path) {
  const http::Method method = exchange.head().method;
  // With the session that asked for it everything that it was shown ends.
  const auto find = [&]() -> std::optional<Preview> {
    if (path.size() != 2 || path[0] != "p") return std::nullopt;
    auto kept = previews_.find(path[1], settings_.now_ms());
    if (!kept || kept->session.empty()) return kept;
    const auto lives = parts_.accounts.lives(kept->session);
    return lives && *lives ? kept : std::nullopt;
  };
  const std::optional<Preview> found = co_await exchange.workers().run(find);
  if (!found) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  if (method != http::Method::kGet && method != http::Method::kHead) {
    co_await refuse_method(exchange, "GET, HEAD");
    co_return;
  }
  const auto open = [&] { return open_shown(parts_.acceptance.vault, *found); };
  auto shown = co_await exchange.workers().run(open);
  if (!shown) {
    co_await refuse_file(exchange, shown.error());
    co_return;
  }
  if (shown->type.empty()) {
    co_await refuse(exchange,
                    problem_of(Problem::kUnsupportedMediaType,
                               "only pictures, PDF and text can be shown; save the file"));
    co_return;
  }
  http::Answer answer = text_answer(shown->type, {});
  answer.set("content-disposition", "inline");
  answer.set("content-security-policy", preview_policy(found->frame));
  answer.set("cross-origin-resource-policy", "same-site");
  co_await send_file(exchange, std::move(answer), shown->file, std::move(shown->piece));
}

}  // namespace heyan::api
