#include "gateway/api/lines.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/accounts/person.h"
#include "gateway/store/submission.h"
#include "heyan/v1/gateway.pb.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;

constexpr std::size_t kMostLines = 100;
constexpr std::size_t kSoughtBytes = 200;
constexpr std::size_t kIdDigits = 32;
constexpr std::string_view kReceiving = "RECEIVING";

// All of it is a number, without sign or zeros before it.
template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || std::to_string(number) != text) return std::nullopt;
  return number;
}

std::optional<store::State> state_in(std::string_view word) {
  using enum store::State;
  for (const store::State state : {kQueued, kVerifying, kDone, kRejected}) {
    if (store::name(state) == word) return state;
  }
  return std::nullopt;
}

bool is_verdict(std::string_view word) {
  return std::ranges::any_of(catalogue::verdicts(), [&](const catalogue::VerdictEntry& entry) {
    return entry.level != "check" && entry.code == word;
  });
}

// Where attention comes first, "1." or "0." stands before.
std::optional<store::Cursor> cursor_in(std::string_view text, bool attention_first) {
  const bool attention = attention_first && text.starts_with("1.");
  if (attention_first && !attention && !text.starts_with("0.")) return std::nullopt;
  if (attention_first) text.remove_prefix(2);
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto at_ms = number_in<std::int64_t>(text.substr(0, dot));
  const std::string_view id = text.substr(dot + 1);
  const bool is_id = id.size() == kIdDigits && id.find_first_not_of("0123456789abcdef") == id.npos;
  if (!at_ms || *at_ms < 0 || !is_id) return std::nullopt;
  return store::Cursor{.received_at_ms = *at_ms, .id = std::string(id), .attention = attention};
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

Page page_in(const http::RequestHead& head, bool attention_first,
             std::vector<http::ProblemError>& defects) {
  Page page;
  if (const std::string* after = head.target.find_query("after")) {
    page.after = cursor_in(*after, attention_first);
    if (!page.after) defects.push_back({"after", "bad-parameter", "as `next` gave it"});
  }
  if (const std::string* limit = head.target.find_query("limit")) {
    page.limit = number_in<std::size_t>(*limit).value_or(0);
    if (page.limit == 0 || page.limit > kMostLines)
      defects.push_back({"limit", "bad-parameter", "1 to 100"});
  }
  return page;
}

Value court_of(const store::SubmissionLine& line) {
  v1::Session session;
  Value court;
  court.set("code", line.court);
  if (session.ParseFromString(core::to_string(line.session))) {
    court.set("name", session.court().name());
  }
  return court;
}

}  // namespace

std::string_view supplement_state(const store::SupplementMark& mark, std::int64_t now_ms) {
  if (mark.answered) return "ANSWERED";
  return now_ms > mark.until_ms ? "OVERDUE" : "OPEN";
}

Value line_value(const store::SubmissionLine& line, std::int64_t now_ms) {
  Value value;
  value.set("id", line.id)
      .set("caseNumber", line.filing.case_number)
      .set("court", court_of(line))
      .set("receivedAt", core::format_rfc3339(core::from_unix_ms(line.received_at_ms)))
      .set("account", line.account)
      .set("items", line.items)
      .set("state", line.state ? store::name(*line.state) : kReceiving)
      .set("attention", store::wants_attention(line.state, line.verdict));
  if (!line.filing.submitter.empty()) value.set("submitter", line.filing.submitter);
  Value parties{Value::Array{}};
  for (const store::FiledParty& party : line.filing.parties) {
    Value one;
    one.set("role", party.role).set("name", party.name);
    parties.push(std::move(one));
  }
  value.set("parties", std::move(parties));
  if (line.report) value.set("report", *line.report);
  if (line.verdict) value.set("verdict", *line.verdict);
  if (!line.counts.empty()) {
    Value counts;
    for (const store::VerdictCount& one : line.counts) counts.set(one.verdict, one.items);
    value.set("counts", std::move(counts));
  }
  if (line.supplement) {
    Value supplement;
    supplement.set("state", supplement_state(*line.supplement, now_ms));
    value.set("supplement", std::move(supplement));
  }
  if (!line.assigned.empty()) {
    Value assigned{Value::Array{}};
    for (const std::string& judge : line.assigned) assigned.push(accounts::shown_account(judge));
    value.set("assigned", std::move(assigned));
  }
  if (line.awaited) {
    Value awaited;
    awaited.set("files", line.awaited->files)
        .set("complete", line.awaited->complete)
        .set("expiresAt", core::format_rfc3339(core::from_unix_ms(line.awaited->expires_at_ms)));
    value.set("awaited", std::move(awaited));
  }
  return value;
}

ListWish read_wish(const http::RequestHead& head, std::vector<http::ProblemError>& defects) {
  ListWish wish;
  const auto defect = [&](std::string_view name, std::string_view detail) {
    defects.push_back({std::string(name), "bad-parameter", std::string(detail)});
  };
  const auto given = [&](std::string_view name) { return head.target.find_query(name); };
  if (const std::string* state = given("state")) {
    wish.receiving = *state == kReceiving;
    wish.filter.state = state_in(*state);
    if (!wish.receiving && !wish.filter.state) {
      defect("state", "one of RECEIVING, QUEUED, VERIFYING, DONE, REJECTED");
    }
  }
  if (const std::string* verdict = given("verdict")) {
    wish.filter.verdict = *verdict;
    if (!is_verdict(*verdict)) defect("verdict", "a verdict of the catalogue");
  }
  if (const std::string* attention = given("attention")) {
    if (*attention == "true") wish.filter.attention = true;
    if (!wish.filter.attention && *attention != "false") defect("attention", "true or false");
  }
  if (const std::string* own = given("own")) {
    wish.own = *own == "true";
    if (!wish.own && *own != "false") defect("own", "true or false");
    if (wish.own && !wish.receiving) defect("own", "only with state=RECEIVING");
  }
  if (const std::string* deletion = given("deletion")) {
    constexpr std::array<std::string_view, 5> kWords = {"ASKED", "CONFIRMED", "UNDER_WAY",
                                                        "DELETED", "HELD"};
    wish.proposed = *deletion == "PROPOSED";
    if (!wish.proposed) wish.filter.deletion = *deletion;
    if (!wish.proposed && std::ranges::find(kWords, *deletion) == kWords.end()) {
      defect("deletion", "one of PROPOSED, ASKED, CONFIRMED, UNDER_WAY, DELETED, HELD");
    }
  }
  if (const std::string* order = given("order")) {
    wish.filter.attention_first = *order == "attention";
    if (!wish.filter.attention_first && *order != "time") defect("order", "time or attention");
  }
  if (const std::string* sought = given("q")) {
    wish.sought = trimmed(*sought);
    if (wish.sought.size() > kSoughtBytes) defect("q", "at most 200 bytes");
  }
  if (const std::string* unassigned = given("unassigned")) {
    wish.filter.unassigned = *unassigned == "true";
    if (!wish.filter.unassigned && *unassigned != "false") defect("unassigned", "true or false");
  }
  const Page page = page_in(head, wish.filter.attention_first, defects);
  wish.after = page.after;
  wish.limit = page.limit;
  if (wish.receiving &&
      (wish.filter.verdict || wish.proposed || wish.filter.deletion || wish.filter.attention ||
       !wish.sought.empty() || wish.filter.attention_first || wish.filter.unassigned)) {
    defect("state", "what is being received has no other filter, and the order of time");
  }
  return wish;
}

Page read_page(const http::RequestHead& head, std::vector<http::ProblemError>& defects) {
  return page_in(head, false, defects);
}

std::string encode_place(std::int64_t at_ms, std::string_view id) {
  return std::to_string(at_ms) + "." + std::string(id);
}

std::string encode_cursor(const store::SubmissionLine& last, bool attention_first) {
  std::string by_time = encode_place(last.received_at_ms, last.id);
  if (!attention_first) return by_time;
  return (store::wants_attention(last.state, last.verdict) ? "1." : "0.") + by_time;
}

}  // namespace heyan::api
