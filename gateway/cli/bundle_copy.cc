#include "gateway/cli/bundle_copy.h"

#include "gateway/bundle/check.h"
#include "gateway/cli/bundle_words.h"
#include "gateway/cli/console.h"
#include "gateway/intake/judge_again.h"
#include "verifier/core/json.h"
#include "verifier/report/copy.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"

namespace heyan::cli {
namespace {

constexpr std::string_view kRemedy =
    "Name the bundle (.zip) that the court has, with the signed report in it.";
constexpr std::string_view kReaderRemedy =
    "Use --for court, party or opponent, or the id of a party as the report has it.";

std::unexpected<Trouble> refused(std::string what) {
  while (what.ends_with('\n')) what.pop_back();
  return std::unexpected(Trouble{.status = ExitStatus::kMalformed,
                                 .what = std::move(what),
                                 .defects = {},
                                 .remedy = std::string(kRemedy)});
}

}  // namespace

std::expected<std::string, Trouble> copy_bundle(core::ByteView file, const std::string& reader,
                                                catalogue::Language language) {
  const auto opened = bundle::open(file);
  if (!opened) return refused(fault_sentence(opened.error(), language));
  const bundle::Bundle& whole = opened->bundle;
  if (whole.envelope.empty()) return refused(nobody_signed(language));
  if (whole.is_partys()) {
    return refused(std::string(say(language, "这已经是当事人副本，不含完整的记录。",
                                   "This is a party's copy already, without the whole record.")));
  }
  if (const auto bond = bundle::check_bonds(*opened, core::as_bytes(whole.payload));
      bond != bundle::Bond::kHolds) {
    return refused(bond_sentence(bond, language));
  }
  const auto judged = intake::judge_again(opened->record);
  if (!judged) return refused(not_judged(judged.error(), language));
  if (report::encode_payload(judged->report) != whole.payload) {
    return refused(judged_otherwise(language));
  }
  const core::Limits limits{.json_bytes = file.size()};
  auto copy =
      report::make_copy(core::as_bytes(whole.envelope), judged->disclosures, reader, limits);
  if (!copy) {
    return std::unexpected(trouble_of(copy.error(), "--for " + reader, std::string(kReaderRemedy)));
  }
  if (reader == report::kCourt) return core::to_string(file);
  const auto shown =
      report::disclosures_for(reader, report::payload_value(judged->report), judged->disclosures);
  auto excerpt = shown ? bundle::excerpt_for(opened->record, *judged, *shown)
                       : core::Result<v1::RecordFile>(std::unexpected(shown.error()));
  if (!excerpt)
    return std::unexpected(trouble_of(excerpt.error(), "the record", std::string(kRemedy)));
  auto made = bundle::write({.payload = whole.payload,
                             .envelope = *std::move(copy),
                             .pdf = {},
                             .xml = whole.xml,
                             .record = {},
                             .excerpt = core::to_string(report::encode_record_file(*excerpt))});
  if (!made)
    return std::unexpected(trouble_of(made.error(), "writing the copy", std::string(kRemedy)));
  return *std::move(made);
}

}  // namespace heyan::cli
