// GET /v1/submissions/{id}/receipt: what was taken in, as it was signed, in words of JSON, and as
// pages to print.
#include <algorithm>
#include <array>

#include "gateway/api/answers.h"
#include "gateway/api/api.h"
#include "gateway/service/receipt.h"
#include "gateway/service/rendering.h"

namespace heyan::api {
namespace {

using front::Exchange;
using front::Task;
using http::Problem;

enum class Form : std::uint8_t { kWords, kSigned, kPages };
constexpr std::array<std::string_view, 3> kForms = {"application/json", "application/jose",
                                                    "application/pdf"};

// As the configuration calls the court now: what stands with the submission nobody signed.
std::string_view name_of(std::string_view court, const Settings& settings) {
  const auto found = std::ranges::find(settings.courts_of_people, court, &Court::code);
  return found == settings.courts_of_people.end() ? std::string_view() : found->name;
}

core::Result<std::string> printed(const Parts& parts, std::string text, core::ByteView jws,
                                  http::Language language) {
  v1::RenderJob job;
  job.set_format("receipt");
  job.set_language(language == http::Language::kEn ? "en" : "zh");
  job.mutable_receipt()->set_text(std::move(text));
  job.mutable_receipt()->set_jws(core::to_string(jws));
  return service::render(parts.renderers, job);
}

}  // namespace

Task<void> Api::receipt(Exchange& exchange, Caller caller, std::string id) {
  const std::string* accept = exchange.head().find("accept");
  const auto form = http::choose_media_type(accept == nullptr ? "" : *accept, kForms);
  if (!form) {
    co_await refuse(exchange, problem_of(Problem::kNotAcceptable));
    co_return;
  }
  const auto wanted = static_cast<Form>(*form);
  const http::Language language = language_of(exchange.head());
  // A process is made for the words, and another for the pages.
  if (const auto wait = wanted == Form::kSigned ? std::nullopt : wait_of(caller)) {
    co_await refuse_for_now(exchange, *wait);
    co_return;
  }
  const auto find = [&]() -> core::Result<std::optional<std::string>> {
    HEYAN_TRY(const auto found, parts_.acceptance.store.find_submission(id, caller.scope()));
    if (!found) return std::nullopt;
    HEYAN_TRY(const auto good, parts_.acceptance.signer.receipts().confirm(*found));
    if (wanted == Form::kSigned) return core::to_string(found->receipt);
    HEYAN_TRY(const auto items, service::items_in_case(parts_.acceptance, *found, *good));
    std::string text = service::receipt_text(*good, name_of(found->court, settings_), items);
    if (wanted == Form::kWords) return text;
    HEYAN_TRY(auto pages, printed(parts_, std::move(text), found->receipt, language));
    return pages;
  };
  auto text = co_await exchange.workers().run(find);
  if (!text || !*text) {
    co_await refuse(exchange, problem_of(text ? Problem::kNotFound : Problem::kUnavailable));
    co_return;
  }
  exchange.concerns(id);
  http::Answer answer = text_answer(kForms.at(*form), **std::move(text));
  answer.set("vary", wanted == Form::kPages ? "accept, accept-language" : "accept");
  if (wanted == Form::kPages) {
    answer.set("content-language", language == http::Language::kEn ? "en" : "zh");
  }
  co_await say(exchange, std::move(answer));
}

}  // namespace heyan::api
