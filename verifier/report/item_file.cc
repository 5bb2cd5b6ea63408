// The file of an item: what it is, its fingerprints, and what became of it since receipt.
#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

Line media_type(const Draft& draft, const v1::ContentFacts& contents) {
  Line line = Line(draft).text(visible_or_dash(contents.media_type()));
  switch (contents.extension()) {
    case v1::EXTENSION_FIT_YES:
      return line.text(semicolon(draft)).words(Label::kExtensionAgrees);
    case v1::EXTENSION_FIT_NO:
      return line.text(semicolon(draft)).words(Label::kExtensionDiffers);
    default:
      return line;
  }
}

// A file that nobody read to its end has no size here.
Line size_of(const Draft& draft, const v1::Measured& measured) {
  if (measured.outcome() != v1::MEASURE_OUTCOME_DONE) {
    return Line(draft).words(Label::kNotMeasured);
  }
  return Line(draft).text(fmt::format("{} {}", measured.size(), draft.in(Label::kBytes)));
}

// A value once where both implementations agree, else both.
Table fingerprints(const Draft& draft, const v1::Measured& measured) {
  Table table = table_of(draft, {Label::kAlgorithm, Label::kFingerprint, Label::kEngines});
  for (const auto& digest : measured.digests()) {
    const bool agree = digest.first() == digest.second();
    Line value = Line(draft).code(hex(digest.first()));
    if (!agree) value.text(" / ").code(hex(digest.second()));
    table.rows.push_back(
        {Line(draft).text(digest_label(digest.algorithm())).spans(), value.spans(),
         Line(draft).words(agree ? Label::kEnginesAgree : Label::kEnginesDiffer).spans()});
  }
  return table;
}

Line custody(const Draft& draft, const v1::ItemReport& item) {
  const v1::Outcome outcome = outcome_of(item, v1::CHECK_COC_1);
  if (outcome == v1::OUTCOME_PASS) return Line(draft).words(Label::kCustodyContinuous);
  if (outcome == v1::OUTCOME_NOT_APPLICABLE) return Line(draft).words(Label::kCustodyOffline);
  return Line(draft).words(Label::kCustodySeeReasons);
}

}  // namespace

v1::Outcome outcome_of(const v1::ItemReport& item, v1::CheckId check) {
  for (const auto& result : item.checks()) {
    if (result.check() == check) return result.outcome();
  }
  return v1::OUTCOME_NOT_PERFORMED;
}

const v1::Item* declared_item(const Draft& draft, const v1::ItemReport& item, int number) {
  const v1::Submission* declared = draft.options().declared;
  if (declared == nullptr || declared->evidence_size() < number) return nullptr;
  const v1::Item& found = declared->evidence(number - 1);
  return found.id() == item.id() ? &found : nullptr;
}

void add_file_facts(Blocks& blocks, const Draft& draft, const v1::ItemReport& item) {
  FieldList facts(draft);
  facts.add(Label::kId, facts.line().told(item.id()));
  if (!item.name().empty()) facts.add(Label::kName, facts.line().told(item.name()));
  if (const v1::PartyReport* party = draft.party(item.party()); party != nullptr) {
    facts.add(Label::kPartyOfItem, role_and_id(draft, *party));
  }
  facts.add(Label::kFile, size_of(draft, item.measured()));
  if (item.has_contents()) facts.add(Label::kMediaType, media_type(draft, item.contents()));
  facts.add(Label::kCustody, custody(draft, item));
  blocks.heading(3, Label::kFileFacts).fields(facts.take());
  blocks.table(fingerprints(draft, item.measured()));
}

}  // namespace heyan::report
