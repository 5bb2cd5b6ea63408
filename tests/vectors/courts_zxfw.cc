// Kinds of topic courts about the national platform's filing and its evidence catalogue.
#include <algorithm>
#include <array>
#include <deque>

#include "court_adapters/china/charset.h"
#include "court_adapters/china/evidence_catalogue.h"
#include "court_adapters/micro_court/message.h"
#include "tests/vectors/kinds.h"
#include "verifier/contents/words.h"
#include "verifier/core/time.h"
#include "verifier/crypto/digest.h"

namespace heyan::vectors {

std::span<const Kind> courts_zxfw();

namespace {

namespace micro = court_adapters::micro_court;

// FORMAT.md's code for each of the adapter's. What has none there is missing here.
std::string reason_of(std::string_view code) {
  static constexpr auto kReasons = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"not-utf8", "NOT_UTF8"},
      {"lone-surrogate", "LONE_SURROGATE"},
      {"duplicate-name", "DUPLICATE_MEMBER"},
      {"trailing-data", "TRAILING_DATA"},
      {"limit", "NESTING_LIMIT"},
      {"upstream-error", "UPSTREAM_ERROR"},
      {"amount-invalid", "AMOUNT_INVALID"},
      {"birthdate-mismatch", "BIRTHDATE_MISMATCH"},
      {"resident-id-invalid", "RESIDENT_ID_INVALID"},
      {"credit-code-invalid", "USCC_INVALID"},
      {"unknown-code", "UNKNOWN_CODE"},
      {"role-mismatch", "ROLE_MISMATCH"},
      {"status-unknown", "STATUS_UNKNOWN"},
      {"review-tie", "REVIEW_TIE"},
      {"plaintiff-missing", "PLAINTIFF_MISSING"},
      {"reference-mismatch", "REFERENCE_MISMATCH"},
      {"dangling-reference", "DANGLING_REFERENCE"},
      {"duplicate-key", "DUPLICATE_KEY"},
      {"extension-mismatch", "EXTENSION_MISMATCH"},
      {"control-character", "CONTROL_CHARACTER"},
      {"nul-in-name", "NUL_IN_NAME"},
      {"path-traversal", "PATH_TRAVERSAL"},
      {"host-not-allowed", "HOST_NOT_ALLOWED"},
      {"field-required", "FIELD_REQUIRED"},
      {"algorithm-refused", "ALGORITHM_REFUSED"},
      {"file-missing", "FILE_MISSING"},
      {"time-in-future", "TIME_IN_FUTURE"},
      {"duplicate-number", "DUPLICATE_NUMBER"},
      {"kind-unknown", "KIND_UNKNOWN"},
  });
  const auto* found =
      std::ranges::find(kReasons, code, &std::pair<std::string_view, std::string_view>::first);
  return found != kReasons.end() ? std::string(found->second) : std::string();
}

void say(KindResult& result, const std::string& code, const std::string& pointer,
         const std::string& detail) {
  if (const std::string reason = reason_of(code); !reason.empty()) result.reasons.insert(reason);
  result.output += code + " " + pointer + " " + detail + "\n";
}

void expect_text(const KindCase& one, KindResult& result, std::string_view param,
                 const std::string& found) {
  if (one.param(param) == nullptr || one.text(param) == found) return;
  result.wrong.push_back(std::string(param) + " is \"" + found + "\"");
}

void expect_count(const KindCase& one, KindResult& result, std::string_view param,
                  std::size_t found) {
  if (one.param(param) == nullptr || one.number(param) == static_cast<std::int64_t>(found)) return;
  result.wrong.push_back(std::string(param) + " is " + std::to_string(found));
}

KindResult run_filing(const KindCase& one) {
  KindResult result;
  const auto bytes = one.input("message").value_or(core::Bytes());
  const auto message =
      micro::read_message(bytes, one.texts("allowed_hosts"), one.clock_ms().value_or(0), {});
  if (!message) {
    result.result = "reject";
    for (const auto& defect : message.error()) {
      say(result, defect.code, defect.pointer, defect.detail);
    }
    return result;
  }
  result.result = "accept";
  for (const auto& remark : message->remarks) {
    say(result, remark.code, remark.pointer, remark.detail);
    if (remark.code == "status-unknown" || remark.code == "review-tie") {
      result.result = "needs-human";
    }
  }
  expect_text(one, result, "status", message->status);
  expect_text(one, result, "original_case_number", message->original_case_number);
  expect_text(one, result, "review_time", message->review_time);
  expect_text(one, result, "review_result", message->review_result);
  expect_count(one, result, "attachments", message->attachments.size());
  expect_count(one, result, "evidence_items",
               static_cast<std::size_t>(std::ranges::count(
                   message->attachments, micro::kEvidenceSlot, &micro::Attachment::slot)));
  expect_count(one, result, "parties", message->people.parties.size());
  expect_count(one, result, "agents", message->people.agents.size());
  return result;
}

// The request of a catalogue case: the filing, the catalogue and the files as parts.
struct CatalogueRequest {
  explicit CatalogueRequest(const KindCase& one)
      : message(one.input("filing").value_or(core::Bytes())), message_source(message) {
    add("catalogue", "", one.input("catalogue").value_or(core::Bytes()));
    for (const auto& [role, path] : one.inputs()) {
      static constexpr std::string_view kFile = "file:";
      if (!role.starts_with(kFile)) continue;
      add("file" + std::to_string(parts.size()), role.substr(kFile.size()),
          one.input(role).value_or(core::Bytes()));
    }
    settings["allowed_hosts"] = hosts_in(message);
    request.message = &message_source;
    request.parts = parts;
    request.received_at_ms = one.clock_ms().value_or(0);
    request.settings = &settings;
  }

  core::ByteView bytes_of(std::size_t part) const { return bytes[part]; }

  core::Bytes message;
  contents::MemorySource message_source;
  std::deque<core::Bytes> bytes;
  std::deque<contents::MemorySource> sources;
  std::vector<court_adapters::Part> parts;
  court_adapters::Settings settings;
  court_adapters::Request request;

 private:
  void add(std::string name, std::string file_name, core::Bytes content) {
    const core::Bytes& kept = bytes.emplace_back(std::move(content));
    parts.push_back({std::move(name), std::move(file_name), "", &sources.emplace_back(kept)});
  }
  // The case judges the catalogue, not the hosts of the filing's files.
  static std::vector<std::string> hosts_in(const core::Bytes& json) {
    std::vector<std::string> hosts;
    constexpr std::string_view kScheme = "https://";
    const std::string_view text = core::as_text(json);
    for (std::size_t at = 0; (at = text.find(kScheme, at)) != std::string_view::npos;) {
      at += kScheme.size();
      hosts.emplace_back(text.substr(at, text.find('/', at) - at));
    }
    return hosts;
  }
};

bool has_remark(const court_adapters::Filing& filing, const std::string& item,
                std::string_view code) {
  return std::ranges::any_of(filing.remarks, [&](const court_adapters::Remark& remark) {
    return remark.item == item && remark.code == code;
  });
}

// What the declared fingerprint of an item is worth beside the bytes that came.
std::string item_result(const CatalogueRequest& request, const court_adapters::Filing& filing,
                        const v1::Item& item) {
  const auto file =
      std::ranges::find(filing.files, item.file().path(), &court_adapters::File::path);
  if (file == filing.files.end()) return "no bytes";
  if (has_remark(filing, item.id(), "algorithm-refused")) return "algorithm-refused";
  for (const v1::Digest& digest : item.file().digests()) {
    const auto hash = crypto::hash_by_name(contents::algorithm_word(digest.algorithm()));
    const core::Bytes found =
        crypto::digest(*hash, request.bytes_of(std::get<std::size_t>(file->from)));
    if (!core::equal(found, core::as_bytes(digest.value()))) return "mismatch";
  }
  return "match";
}

void check_items(const KindCase& one, const CatalogueRequest& request,
                 const court_adapters::Filing& filing, KindResult& result) {
  std::map<std::string, std::string> results;
  for (const v1::Item& item : filing.submission.evidence()) {
    results[item.id()] = item_result(request, filing, item);
    if (results[item.id()] == "mismatch") result.reasons.insert("HASH_MISMATCH");
    if (results[item.id()] != "match") result.result = "report";
  }
  const core::json::Value* expected = one.param("items");
  if (expected == nullptr || expected->as_object() == nullptr) return;
  // An item whose file did not come is not filed; a remark says so.
  const bool missing = has_remark(filing, "", "file-missing");
  std::size_t found_items = 0;
  for (const auto& [number, word] : *expected->as_object()) {
    const auto found = results.find(number);
    if (found != results.end()) ++found_items;
    const std::string said = found != results.end() ? found->second
                             : missing              ? "missing"
                                                    : "no such item";
    if (word.as_string() == nullptr || *word.as_string() != said) {
      result.wrong.push_back("item " + number + " is " + said);
    }
  }
  if (found_items != results.size()) result.wrong.emplace_back("other items");
}

// The text stays as it was filed, and begins with an apostrophe in exports alone.
void check_export(const KindCase& one, KindResult& result) {
  if (one.param("export_escaped") == nullptr) return;
  const auto catalogue = court_adapters::china::read_catalogue(
      one.input("catalogue").value_or(core::Bytes()), one.clock_ms().value_or(0), {});
  if (!catalogue) {
    result.wrong.emplace_back("no export of a catalogue that is refused");
    return;
  }
  const auto is_computed = [](const std::string& cell) {
    return !cell.empty() && std::string_view("=+-@").contains(cell.front());
  };
  const auto cells_of = [](const court_adapters::china::Table& table) {
    std::vector<std::string> cells;
    for (const auto& row : table.rows)
      cells.insert(cells.end(), row.cells.begin(), row.cells.end());
    return cells;
  };
  const auto exported = court_adapters::china::read_table(
      core::as_bytes(court_adapters::china::export_catalogue(*catalogue, "", {})), {});
  if (!exported || std::ranges::any_of(cells_of(*exported), is_computed)) {
    result.wrong.emplace_back("the export has a cell that is computed");
    return;
  }
  const std::vector<std::string> after = cells_of(*exported);
  std::size_t escaped = 0;
  for (const std::string& cell : cells_of(catalogue->table)) {
    if (!is_computed(cell)) continue;
    ++escaped;
    if (std::ranges::find(after, "'" + cell) == after.end()) {
      result.wrong.push_back("not kept: " + cell);
    }
  }
  if (escaped == 0) result.wrong.emplace_back("no text that needs escaping was kept");
}

void check_remarks(const KindCase& one, const court_adapters::Filing& filing, KindResult& result) {
  for (const auto& remark : filing.remarks) {
    say(result, remark.code, remark.pointer, remark.detail);
    if (remark.code == "time-in-future" || remark.code == "file-missing") result.result = "report";
  }
  const auto flagged = one.param("flagged_items");
  if (flagged == nullptr || flagged->as_array() == nullptr) return;
  for (const core::json::Value& number : *flagged->as_array()) {
    const std::string id = number.as_string() != nullptr    ? *number.as_string()
                           : number.as_integer() != nullptr ? std::to_string(*number.as_integer())
                                                            : "";
    const bool has = std::ranges::any_of(filing.remarks, [&](const auto& remark) {
      return remark.item == id && result.reasons.contains(reason_of(remark.code));
    });
    if (!has) result.wrong.push_back("item " + id + " is not flagged");
  }
}

KindResult run_catalogue(const KindCase& one) {
  KindResult result;
  const CatalogueRequest request(one);
  const auto filing = court_adapters::find("micro_court")->decode(request.request, {});
  if (!filing) {
    result.result = "reject";
    for (const auto& defect : filing.error()) {
      say(result, defect.code, defect.pointer, defect.detail);
    }
    return result;
  }
  result.result = "accept";
  check_items(one, request, *filing, result);
  check_remarks(one, *filing, result);
  check_export(one, result);
  if (const auto filed = core::parse_rfc3339(one.text("filed_at"));
      filed && filing->submission.filed_at_ms() != core::to_unix_ms(*filed)) {
    result.wrong.emplace_back("filed at another time");
  }
  const auto decoded =
      court_adapters::china::to_utf8(one.input("catalogue").value_or(core::Bytes()));
  if (decoded) expect_text(one, result, "charset", decoded->charset);
  return result;
}

constexpr std::array<Kind, 2> kKinds = {
    {{"zxfw-filing", run_filing}, {"evidence-catalogue", run_catalogue}}};

}  // namespace

std::span<const Kind> courts_zxfw() { return kKinds; }

}  // namespace heyan::vectors
