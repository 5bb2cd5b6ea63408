// Files shown in a frame: asked for where the pages are, served from the previews' own origin.
//
// Threat: evidence that a browser runs. On that origin there is nothing to take: no session, no
// page, one file an address, in a sandbox, as a picture or as plain text by its bytes and never by
// its name (security decision 26). A PDF is shown as pictures of its pages (drawn_page.h).
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/api/drawn_page.h"
#include "gateway/api/pages.h"
#include "gateway/api/stored.h"
#include "gateway/api/withheld.h"
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
constexpr std::string_view kPdf = "application/pdf";

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
  HEYAN_TRY(ServedFile file,
            ServedFile::open(vault, {.court = preview.court, .submission = preview.submission},
                             preview.file));
  HEYAN_TRY(core::Bytes piece, file.next());
  Shown shown{.file = std::move(file), .piece = std::move(piece), .type = {}};
  shown.type = picture_type(shown.piece);
  if (!shown.type.empty() || preview.file.size > kTextBytes) return shown;
  HEYAN_TRY(const core::Bytes rest, shown.file.all(kTextBytes));
  shown.piece.insert(shown.piece.end(), rest.begin(), rest.end());
  if (is_plain_text(shown.piece)) shown.type = kText;
  return shown;
}

// A file of which somebody asks that it is shown.
struct Wanted {
  std::optional<http::ProblemDocument> withheld;  // then nothing else
  Preview preview;
  std::optional<ServedFile> pdf;  // whose pages are to be counted first
};

// `pages`: of a PDF; else 0.
std::string granted_text(const Previews::Granted& granted, std::uint32_t pages,
                         std::string_view origin) {
  core::json::Value value;
  value.set("url", std::string(origin) + "/p/" + granted.name)
      .set("until", core::format_rfc3339(core::from_unix_ms(granted.until_ms)));
  if (pages > 0) value.set("pages", std::uint64_t{pages});
  return core::json::write_canonical(value);
}

// With the headers that keep it where it is shown.
http::Answer shown_answer(std::string_view type, const Preview& preview) {
  http::Answer answer = text_answer(type, {});
  answer.set("content-disposition", "inline");
  answer.set("content-security-policy", preview_policy(preview.frame));
  answer.set("cross-origin-resource-policy", "same-site");
  return answer;
}

}  // namespace

Task<void> Api::begin_preview(Recorded& exchange, Caller caller, std::string id) {
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
  exchange.about_file(*path);
  const auto find = [&]() -> core::Result<std::optional<Wanted>> {
    HEYAN_TRY(auto stored, open_stored(parts_.acceptance, caller.scope(), id, *path));
    if (!stored) return std::nullopt;
    Wanted wanted;
    wanted.withheld = withheld(*path, stored->scan, settings_.scans);
    if (wanted.withheld) return wanted;
    ServedFile& file = stored->file;
    wanted.preview = {.court = stored->court,
                      .submission = id,
                      .file = file.file(),
                      .frame = "https://" + *authority,
                      .owner = caller.session_name.empty() ? caller.counted() : caller.session_name,
                      .session = core::from_hex(caller.session_name).value_or(core::Bytes()),
                      .account = caller.counted()};
    HEYAN_TRY(const core::Bytes head, file.next());
    if (picture_type(head) == kPdf) wanted.pdf.emplace(std::move(file));
    return wanted;
  };
  auto wanted = co_await exchange.workers().run(find);
  if (!wanted) {
    co_await refuse_file(exchange, wanted.error());
    co_return;
  }
  if (!*wanted) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  exchange.concerns(id);
  if ((*wanted)->withheld) {
    co_await refuse(exchange, *(*wanted)->withheld);
    co_return;
  }
  Preview& preview = (*wanted)->preview;
  std::uint32_t pages = 0;
  if ((*wanted)->pdf) {
    const v1::DrawAsk count;
    const auto counted = co_await draw_in_turn(exchange, preview.account, *(*wanted)->pdf, count);
    if (!counted) {
      co_await refuse_drawing(exchange, counted.error());
      co_return;
    }
    if (counted->fault() != v1::DRAW_FAULT_UNSPECIFIED) {
      co_await refuse(exchange, problem_of(counted->fault()));
      co_return;
    }
    pages = counted->pages();
  }
  const auto granted = previews_.grant(std::move(preview), settings_.now_ms());
  if (!granted) {
    co_await refuse_file(exchange, granted.error());
    co_return;
  }
  http::Answer answer = json_answer(201, granted_text(*granted, pages,
                                                      "https://" + std::string(*host) + ":" +
                                                          std::to_string(parts_.preview_port())));
  co_await say(exchange, std::move(answer));
}

// The place is given back before the answer leaves, which may take its time.
Task<core::Result<v1::DrawGets>> Api::draw_in_turn(Exchange& exchange, std::string account,
                                                   ServedFile& file, const v1::DrawAsk& ask) {
  const auto until = std::chrono::steady_clock::now() + kDrawingWait;
  const auto draw = [&] { return draw_page(parts_.drawers, file, ask); };
  while (true) {
    const std::uint64_t seen = drawn_.count();
    std::optional<core::Result<v1::DrawGets>> drawn;
    {
      const front::Admission::Ticket place = drawings_.enter({}, account);
      if (place) {
        auto gets = co_await exchange.workers().run(draw);
        drawn.emplace(std::move(gets));
      }
    }
    if (drawn) {
      drawn_.notify();
      co_return *std::move(drawn);
    }
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    if (left.count() <= 0 || exchange.stopping()) {
      co_return core::fail(core::ErrorCode::kLimit, "too many pages are being drawn");
    }
    [[maybe_unused]] const bool woken = co_await drawn_.wait(seen, left);
  }
}

Task<void> Api::refuse_drawing(Exchange& exchange, const core::Error& error) {
  if (error.code == core::ErrorCode::kLimit) {
    co_await refuse_for_now(exchange, std::chrono::seconds(1));
    co_return;
  }
  co_await refuse_file(exchange, error);
}

Task<void> Api::preview(Exchange& exchange, const Segments& path) {
  const http::Method method = exchange.head().method;
  // With the session that asked for it everything that it was shown ends.
  const auto find = [&]() -> std::optional<Preview> {
    if (path.size() != 2 || path[0] != "p") return std::nullopt;
    auto kept = previews_.find(path[1], settings_.now_ms());
    if (!kept || kept->session.empty()) return kept;
    const auto lives = parts_.accounts.lives(kept->session, false);
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
  const std::optional<v1::DrawAsk> page = page_asked(exchange.head().target);
  const auto open = [&] { return open_shown(parts_.acceptance.vault, *found); };
  auto shown = co_await exchange.workers().run(open);
  if (!shown) {
    co_await refuse_file(exchange, shown.error());
    co_return;
  }
  const bool asks_page = !exchange.head().target.query.empty();
  if (!page || (asks_page && shown->type != kPdf)) {
    co_await refuse(exchange, problem_of(Problem::kNotFound));
    co_return;
  }
  if (shown->type == kPdf) {
    co_await show_page(exchange, *found, shown->file, *page);
    co_return;
  }
  if (shown->type.empty()) {
    co_await refuse(exchange,
                    problem_of(Problem::kUnsupportedMediaType,
                               "only pictures, PDF and text can be shown; save the file"));
    co_return;
  }
  http::Answer answer = shown_answer(shown->type, *found);
  co_await send_file(exchange, std::move(answer), shown->file, std::move(shown->piece));
}

Task<void> Api::show_page(Exchange& exchange, const Preview& preview, ServedFile& file,
                          const v1::DrawAsk& ask) {
  if (const auto wait = people_rate_.take(preview.owner, RateLimit::Clock::now())) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  auto drawn = co_await draw_in_turn(exchange, preview.account, file, ask);
  if (!drawn) {
    co_await refuse_drawing(exchange, drawn.error());
    co_return;
  }
  if (drawn->fault() == v1::DRAW_FAULT_NO_SUCH_PAGE) {
    co_await refuse(exchange, problem_of(drawn->fault()));
    co_return;
  }
  if (drawn->fault() != v1::DRAW_FAULT_UNSPECIFIED) {
    http::Answer answer = shown_answer(kText, preview);
    answer.status = 415;
    answer.body = frame_words_of(drawn->fault());
    co_await say(exchange, std::move(answer));
    co_return;
  }
  http::Answer answer = shown_answer("image/png", preview);
  answer.body = std::move(*drawn->mutable_picture());
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
