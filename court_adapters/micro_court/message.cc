#include "court_adapters/micro_court/message.h"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "court_adapters/china/case_number.h"
#include "court_adapters/china/json_fault.h"
#include "court_adapters/china/local_time.h"

namespace heyan::court_adapters::micro_court {
namespace {

constexpr std::int64_t kSuccess = 200;
constexpr std::size_t kAmountDigits = 15;

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "50000.00": digits, and at most two after a point.
bool is_amount(std::string_view text) {
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  if (!are_digits(whole) || whole.size() > kAmountDigits) return false;
  if (point == std::string_view::npos) return true;
  const std::string_view cents = text.substr(point + 1);
  return are_digits(cents) && cents.size() <= 2;
}

void check_amount(const Node& node, const Reading& reading) {
  if (!node.given()) return;
  if (const double* number = node.value()->as_double()) {
    if (*number >= 0 && *number < 1e15) return;
  } else if (const std::string text = node.line(reading); text.empty() || is_amount(text)) {
    return;
  }
  reading.defects.add(node.pointer(), "amount-invalid",
                      "An amount is a decimal number with at most two places, such as 50000.00.");
}

class MessageReader {
 public:
  MessageReader(const std::vector<std::string>& hosts, const Reading& reading)
      : hosts_(hosts), reading_(reading) {}

  Message read(const Node& document) {
    Message message;
    if (!is_success(document)) return message;
    const Node data = document.at("data");
    const Node filing = data.at("layy");
    if (!filing.given() || filing.value()->as_object() == nullptr) {
      reading_.defects.add(filing.pointer(), "field-required",
                           "The filing itself (data.layy) is missing: give it.");
      return message;
    }
    read_filing(filing, message);
    message.people = read_people(data, message.ids, reading_);
    message.attachments = read_materials(data, message.ids, hosts_, reading_);
    if (message.attachments.size() > reading_.limits.items) {
      reading_.defects.add(
          "/data", "limit",
          fmt::format("There are more than {} files. Divide the filing.", reading_.limits.items));
    }
    read_reviews(data, message);
    read_execution(data, filing, message);
    return message;
  }

 private:
  bool is_success(const Node& document) const {
    const Node code = document.at("code");
    const std::int64_t* number = code.given() ? code.value()->as_integer() : nullptr;
    if (number != nullptr && *number == kSuccess) return true;
    reading_.defects.add(code.pointer(), number != nullptr ? "upstream-error" : "field-required",
                         "The envelope {code, message, data} says success with code 200 alone: "
                         "send the answer of a call that succeeded.");
    return false;
  }

  void read_filing(const Node& filing, Message& message) const {
    message.ids.filing = filing.required(reading_, "id", "The filing's id");
    message.ids.court = filing.required(reading_, "fyid", "The court (fyid)");
    message.court_name = filing.required(reading_, "fymc", "The court's name (fymc)");
    const std::string type = filing.required(reading_, "ajlx", "The type of case (ajlx)");
    message.ids.group = case_group(type);
    if (!type.empty() && message.ids.group == CaseGroup::kUnknown) {
      reading_.defects.add(
          filing.at("ajlx").pointer(), "unknown-code",
          fmt::format("The type of case {} is not in the dictionary.", quoted(type)));
    }
    check_branch(filing, "ajlb", message.ids.group);
    check_branch(filing, "ajcx", message.ids.group);
    check_amount(filing.at("sqbdje"), reading_);
    message.filed_at_ms = read_time(filing.at("tjsj"));
    read_status(filing, message);
  }

  // sp trial, zx execution.
  void check_branch(const Node& filing, std::string_view name, CaseGroup group) const {
    const std::string branch = filing.line(reading_, name);
    if (branch.empty() || group == CaseGroup::kUnknown) return;
    const std::string where = filing.at(name).pointer();
    if (branch != "sp" && branch != "zx") {
      reading_.defects.add(where, "unknown-code", "This is sp (trial) or zx (execution).");
    } else if ((branch == "zx") != (group == CaseGroup::kExecution)) {
      reading_.defects.add(where, "reference-mismatch",
                           "This does not fit the type of case (ajlx): correct one of them.");
    }
  }

  std::optional<std::int64_t> read_time(const Node& node) const {
    const std::string text = node.line(reading_);
    if (text.empty()) return std::nullopt;
    const auto time = china::read_local_time(text);
    if (!time) {
      reading_.defects.add(node.pointer(), "bad-time",
                           "A time is written 2026-03-02T10:15:30+08:00, or with Z.");
      return std::nullopt;
    }
    if (time->offset_assumed) {
      reading_.remark("time-without-offset", node.pointer(),
                      fmt::format("{} has no offset; it is taken as +08:00.", quoted(text)));
    }
    return time->ms;
  }

  void read_status(const Node& filing, Message& message) const {
    const std::string code = filing.line(reading_, "zt");
    const Status* status = status_of(code);
    message.status = status != nullptr ? status->word : kUnknownStatus;
    if (status != nullptr) return;
    reading_.remark("status-unknown", filing.at("zt").pointer(),
                    fmt::format("What the status {} stands for is not known; a person must look.",
                                quoted(code)));
  }

  // The newest review counts; two of the same time leave it unknown.
  void read_reviews(const Node& data, Message& message) const {
    std::optional<std::int64_t> newest;
    bool unclear = false;
    for (const Node& review : data.at("shjgs").elements(reading_)) {
      const std::string text = review.line(reading_, "shsj");
      const auto time = china::read_local_time(text);
      if (!time) {
        reading_.defects.add(review.at("shsj").pointer(),
                             text.empty() ? "field-required" : "bad-time",
                             "The time of a review is written 2026-03-04 15:09:30.");
        continue;
      }
      if (newest && time->ms < *newest) continue;
      unclear = newest && time->ms == *newest;
      newest = time->ms;
      message.review_time = text;
      message.review_result = review.line(reading_, "shjg");
    }
    if (!unclear) return;
    message.status = kUnknownStatus;
    message.review_time.clear();
    message.review_result.clear();
    reading_.remark("review-tie", data.at("shjgs").pointer(),
                    "The newest reviews have the same time; which one counts is not known, a "
                    "person must look.");
  }

  void read_execution(const Node& data, const Node& filing, Message& message) const {
    const auto bases = records_of(data, "zxyj", "zxyjs", reading_);
    std::string first;
    for (const Node& basis : bases) {
      check_belonging(basis, message.ids, reading_);
      check_amount(basis.at("sqzxbdje"), reading_);
      const std::string number = basis.line(reading_, "zxyjAh");
      check_case_number(basis.at("zxyjAh"), number);
      if (first.empty()) first = number;
    }
    const bool execution = message.ids.group == CaseGroup::kExecution;
    if (execution && bases.empty()) {
      reading_.defects.add(data.at("zxyj").pointer(), "field-required",
                           "An execution needs its basis (zxyj): give it.");
    }
    const std::string original = filing.line(reading_, "ysajah");
    check_case_number(filing.at("ysajah"), original);
    message.original_case_number = original.empty() ? first : original;
  }

  // A basis may be an award or a notarial deed, which courts do not number: never a defect.
  void check_case_number(const Node& node, const std::string& text) const {
    if (text.empty()) return;
    const auto number = china::read_case_number(text, reading_.at_ms);
    if (!number.readable()) {
      reading_.remark("case-number-unread", node.pointer(),
                      fmt::format("{} {}; it is no case number of a court by the rule.",
                                  quoted(text), number.reason));
    } else if (number.verdict == china::Verdict::kWarning) {
      reading_.remark(number.code, node.pointer(),
                      fmt::format("{} {}.", quoted(text), number.reason));
    }
  }

  const std::vector<std::string>& hosts_;
  const Reading& reading_;
};

// A place that several rules read is told once.
std::vector<Defect> once(std::vector<Defect> defects) {
  std::set<std::pair<std::string, std::string>> seen;
  std::erase_if(defects, [&](const Defect& defect) {
    return !seen.emplace(defect.pointer, defect.code).second;
  });
  return defects;
}

}  // namespace

std::expected<Message, std::vector<Defect>> read_message(
    core::ByteView json, const std::vector<std::string>& allowed_hosts, std::int64_t at_ms,
    const core::Limits& limits) {
  const auto document = core::json::parse(json, limits);
  if (!document) return std::unexpected(std::vector{china::json_fault(json, document.error())});
  contents::Defects defects;
  std::vector<Remark> remarks;
  const Reading reading{limits, defects, remarks, at_ms};
  Message message = MessageReader(allowed_hosts, reading).read({&*document, ""});
  if (!defects.empty()) return std::unexpected(once(std::move(defects).take()));
  message.remarks = std::move(remarks);
  return message;
}

}  // namespace heyan::court_adapters::micro_court
