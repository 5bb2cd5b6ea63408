// heyan report check REPORT FILE...: whoever holds a report and a file of his own learns of which
// item it has the fingerprint.
//
// Threat: the report comes from anybody, so it is verified first; what does not stand is compared
// with nothing. A fingerprint is compared here alone: who looks for a file tells nobody of it
// (security decision 30). A file that fits no item is no sign of anything, and is not called one.
#include <fmt/format.h>

#include <array>
#include <map>
#include <vector>

#include "gateway/cli/commands.h"
#include "gateway/cli/named_file.h"
#include "gateway/cli/report_verify.h"
#include "gateway/intake/measure.h"
#include "verifier/core/json.h"
#include "verifier/core/text.h"
#include "verifier/report/wording.h"

namespace heyan::cli {
namespace {

using catalogue::Language;

constexpr std::size_t kReportLimitBytes = 256u << 20;
constexpr std::array kHashes = {crypto::Hash::kSha256, crypto::Hash::kSm3};

// An item as the report has it.
struct Item {
  std::string id;
  std::map<std::string, std::string> digests;  // "sha-256" -> hex
};

std::vector<Item> items_of(core::ByteView payload) {
  std::vector<Item> items;
  const auto value = core::json::parse(payload, {.json_bytes = kReportLimitBytes});
  const core::json::Value* evidence = value ? value->find("evidence") : nullptr;
  if (evidence == nullptr || evidence->as_array() == nullptr) return items;
  for (const core::json::Value& one : *evidence->as_array()) {
    Item item;
    const core::json::Value* id = one.find("id");
    if (id != nullptr && id->as_string() != nullptr) item.id = *id->as_string();
    const core::json::Value* digests = one.at("/file/digests");
    if (digests != nullptr && digests->as_object() != nullptr) {
      for (const auto& [name, digest] : *digests->as_object()) {
        if (digest.as_string() != nullptr) item.digests[name] = *digest.as_string();
      }
    }
    items.push_back(std::move(item));
  }
  return items;
}

enum class Fit : std::uint8_t {
  kNo,
  kYes,
  kPartly,  // one algorithm says yes and another no: the report itself is then odd
};

// Every fingerprint that both have must be equal, and there must be one.
Fit compare(const v1::Measured& measured, const Item& item) {
  int equal = 0;
  int different = 0;
  for (const v1::MeasuredDigest& digest : measured.digests()) {
    const auto hash = intake::hash_of(digest.algorithm());
    const auto recorded =
        hash ? item.digests.find(std::string(crypto::name(*hash))) : item.digests.end();
    if (recorded == item.digests.end()) continue;
    const bool same = recorded->second == core::to_hex(core::as_bytes(digest.first()));
    ++(same ? equal : different);
  }
  if (equal == 0) return Fit::kNo;
  return different == 0 ? Fit::kYes : Fit::kPartly;
}

struct Sentence {
  std::string text;
  bool found = false;
};

// About one file, each item of its fingerprint in a line.
Sentence sentence_of(const std::string& path, const v1::Measured& measured,
                     const std::vector<Item>& items, Language language) {
  Sentence said{.text = report::Wording::cited(path) + "\n", .found = false};
  bool told = false;
  int number = 0;
  for (const Item& item : items) {
    ++number;
    const Fit fit = compare(measured, item);
    if (fit == Fit::kNo) continue;
    told = true;
    said.found = said.found || fit == Fit::kYes;
    const auto words =
        fit == Fit::kYes
            ? say(language, "  本文件的指纹与证据 {}（{}）相同。\n",
                  "  This file has the fingerprint of item {} ({}).\n")
            : say(language,
                  "  本文件与证据 {}（{}）的一种指纹相同、另一种不同；请运行 heyan "
                  "selftest，并告知出具法院。\n",
                  "  Of item {} ({}), one fingerprint is equal and another differs; run `heyan "
                  "selftest`, and tell the court that issued the report.\n");
    said.text += fmt::format(fmt::runtime(words), number, report::Wording::cited(item.id));
  }
  if (!told) {
    said.text +=
        say(language, "  本报告中没有一件证据具有本文件的指纹；这不说明原因。\n",
            "  No item of this report has this file's fingerprint; that says nothing about "
            "why.\n");
  }
  return said;
}

}  // namespace

ExitStatus run(const ReportCheckOptions& options, Console& console) {
  const Language language = options.report.language;
  const auto checked =
      check_report(options.report, {.pdf = &pdf::verify_seal, .xml = &xml::verify_seal});
  if (!checked) return report_trouble(checked.error(), console);
  std::vector<ExitStatus> statuses = {checked->status, print(checked->text, console)};
  if (checked->payload.empty()) return most_urgent(statuses);
  const std::vector<Item> items = items_of(checked->payload);
  Progress progress(console, language);
  for (const std::string& path : options.files) {
    const auto measured = measure_named(path, {kHashes.begin(), kHashes.end()}, 0, progress);
    if (!measured) {
      statuses.push_back(report_trouble(measured.error(), console));
      continue;
    }
    const Sentence said = sentence_of(path, *measured, items, language);
    statuses.push_back(said.found ? ExitStatus::kOk : ExitStatus::kOpen);
    statuses.push_back(print(said.text, console));
  }
  return most_urgent(statuses);
}

}  // namespace heyan::cli
