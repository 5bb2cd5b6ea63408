#include "tests/unit/front/test_handler.h"

#include <fcntl.h>

#include <array>
#include <stdexcept>
#include <thread>

namespace heyan::front {

using namespace std::chrono_literals;
using Kind = http::MultipartEvent::Kind;

Task<void> TestHandler::say(Exchange& exchange, std::string text) {
  http::Answer answer;
  answer.set("content-type", "text/plain");
  answer.body = std::move(text);
  [[maybe_unused]] const auto answered = co_await exchange.answer(std::move(answer));
}

Task<void> TestHandler::refuse(Exchange& exchange, http::Problem problem) {
  http::ProblemDocument document;
  document.problem = problem;
  [[maybe_unused]] const auto answered = co_await answer_problem(exchange, std::move(document));
}

void TestHandler::interpret(http::RequestHead& head) const {
  const std::string* const meant = head.find("x-meant");
  if (meant != nullptr) head.method = *meant == "HEAD" ? http::Method::kHead : http::Method::kPatch;
}

Task<void> TestHandler::handle(Exchange& exchange) {
  const std::string path = exchange.head().target.path;
  if (path == "/echo") {
    co_await echo(exchange);
  } else if (path == "/v1/submissions") {
    co_await form(exchange);
  } else if (path == "/stream" || path == "/cut") {
    co_await stream(exchange, path == "/stream");
  } else if (path == "/file") {
    co_await send_file(exchange, 300'000);
  } else if (path == "/short-file") {
    co_await send_file(exchange, 400'000);
  } else if (path == "/wait") {
    co_await wait(exchange);
  } else if (path == "/slow") {
    std::function<std::string()> work = [] {
      std::this_thread::sleep_for(300ms);
      return std::string("done");
    };
    std::string text = co_await exchange.workers().run(std::move(work));
    co_await say(exchange, std::move(text));
  } else if (path == "/blocked") {
    std::function<std::string()> work = [this] {
      blocked.release();
      was_released = release.try_acquire_for(20s);
      return std::string("done");
    };
    std::string text = co_await exchange.workers().run(std::move(work));
    co_await say(exchange, std::move(text));
  } else if (path == "/peer") {
    const Peer& peer = exchange.peer();
    co_await say(exchange, peer.listener + " " + peer.address + " " +
                               (peer.client_key ? core::to_hex(*peer.client_key) : "-"));
  } else if (path == "/client") {
    co_await say(exchange, exchange.peer().client);
  } else if (path == "/named") {
    exchange.concerns("abc");
    co_await say(exchange, "named");
  } else if (path == "/twice") {
    co_await say(exchange, "first");
    co_await say(exchange, "second");
  } else if (path == "/early") {
    co_await refuse(exchange, http::Problem::kForbidden);
  } else if (path == "/split") {
    http::Answer answer;
    answer.set("location", "/a\r\nset-cookie: x");
    [[maybe_unused]] const auto answered = co_await exchange.answer(std::move(answer));
  } else if (path == "/throw") {
    throw std::runtime_error("internal text");
  } else if (path != "/none") {
    co_await refuse(exchange, http::Problem::kNotFound);
  }
}

Task<void> TestHandler::echo(Exchange& exchange) {
  if (const std::string* const limit = exchange.head().target.find_query("limit")) {
    exchange.limit_body(std::stoull(*limit));
  }
  if (exchange.head().target.find_query("stop") != nullptr) {
    exchange.stop_body_when([this] { return stop_bodies.load(); });
  }
  std::array<std::uint8_t, 5000> space;
  std::size_t size = 0;
  std::uint64_t sum = 0;
  while (true) {
    const auto count = co_await exchange.read_body(space);
    if (!count.has_value()) {
      const bool stopped = count.error().text == kBodyStopped;
      co_await refuse(exchange, stopped ? http::Problem::kLocked : http::problem_of(count.error()));
      co_return;
    }
    if (*count == 0) break;
    size += *count;
    for (std::size_t i = 0; i < *count; ++i) sum += space.at(i);
  }
  co_await say(exchange, std::to_string(size) + " " + std::to_string(sum));
}

Task<void> TestHandler::form(Exchange& exchange) {
  const std::string* const type = exchange.head().find("content-type");
  auto parser = http::FormDataParser::create(type == nullptr ? "" : *type, {});
  if (!parser.has_value()) {
    co_await refuse(exchange, http::problem_of(parser.error()));
    co_return;
  }
  std::string said;
  std::array<std::uint8_t, 61> space;
  while (true) {
    const auto count = co_await exchange.read_body(space);
    core::Result<void> result;
    if (!count.has_value()) {
      result = std::unexpected(count.error());
    } else if (*count == 0) {
      result = parser->finish();
    } else {
      core::ByteView input = core::ByteView(space).first(*count);
      while (true) {
        const auto event = parser->next(input);
        if (!event.has_value()) result = std::unexpected(event.error());
        if (!event.has_value() || event->kind == Kind::kMore) break;
        if (event->kind == Kind::kPart) {
          said += event->part.name + "=" +
                  http::shown_file_name(event->part.file_name.value_or("")) + ";";
        }
      }
    }
    if (!result.has_value()) {
      co_await refuse(exchange, http::problem_of(result.error()));
      co_return;
    }
    if (*count == 0) break;
  }
  co_await say(exchange, said);
}

Task<void> TestHandler::stream(Exchange& exchange, bool end) {
  http::Answer answer;
  answer.set("content-type", "text/event-stream");
  const auto begun = co_await exchange.begin_stream(std::move(answer));
  if (!begun.has_value()) co_return;
  for (const std::string piece : {"data: 1\n\n", "", "data: 2\n\n"}) {
    const core::ByteView bytes = core::as_bytes(piece);
    const auto sent = co_await exchange.send(bytes);
    if (!sent.has_value()) co_return;
  }
  if (!end) co_return;
  [[maybe_unused]] const auto ended = co_await exchange.end_stream();
}

Task<void> TestHandler::send_file(Exchange& exchange, std::uint64_t size) {
  os::Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  http::Answer answer;
  answer.set("content-type", "application/octet-stream");
  [[maybe_unused]] const auto answered =
      co_await exchange.answer_file(std::move(answer), std::move(descriptor), 0, size);
}

Task<void> TestHandler::wait(Exchange& exchange) {
  const std::uint64_t seen = signal.count();
  const auto until = std::chrono::steady_clock::now() + 10s;
  while (!exchange.stopping() && std::chrono::steady_clock::now() < until) {
    const bool woken = co_await signal.wait(seen, 20ms);
    if (woken) break;
  }
  co_await say(exchange, exchange.stopping() ? "stopping" : "woken");
}

}  // namespace heyan::front
