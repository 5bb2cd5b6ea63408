// What one ledger's proofs show for an item.
#include <utility>

#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/pictures.h"
#include "verifier/report/times.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

void add_position(FieldList& fields, const v1::Position& position) {
  if (!position.has_block()) return;
  Line line = fields.line().filled(Label::kInBlock, position.block());
  if (position.has_transaction()) line.filled(Label::kInTransaction, position.transaction());
  fields.add(Label::kPosition, line);
}

void add_record(FieldList& fields, const v1::Attestation& attestation, const Place& place) {
  if (!attestation.has_record()) {
    fields.add(Label::kRecord, fields.line().words(Label::kNoRecord));
    return;
  }
  const v1::LedgerRecord& record = attestation.record();
  fields.add(is_of_operator(attestation) ? Label::kSignedByDepositor : Label::kRecord,
             fields.line().told(record.id()));
  for (const auto& digest : record.digests()) {
    fields.add(std::string(digest_label(digest.algorithm())),
               fields.line().code(hex(digest.value())));
  }
  const auto told = [&](Label name, const std::string& value) {
    if (!value.empty()) fields.add(name, fields.line().told(value));
  };
  told(Label::kWho, record.who());
  const Line who = fields.line().personal(personal_place(place, "/record/who"));
  if (!who.empty()) fields.add(Label::kWho, who);
  told(Label::kWhat, record.what());
  told(Label::kWhen, record.when());
  told(Label::kWhere, record.where());
}

// From the record to the header of its block, as far as it was followed.
void add_inclusion(FieldList& fields, const v1::Attestation& attestation) {
  int steps = 0;
  for (const auto& step : attestation.path()) {
    if (step.kind() == "block-header") {
      fields.add(Label::kInclusion, fields.line().filled(Label::kInclusionSteps, steps,
                                                         attestation.position().block()));
      return;
    }
    ++steps;
  }
}

// Of the gateway and no case; nothing where it was not watched, or there is something else to say
// of it.
void add_shown_before(FieldList& fields, const v1::ItemReport& item, int attestation) {
  for (const v1::Finding& finding : item.findings()) {
    const v1::Subject& subject = finding.subject();
    if (finding.check() != v1::CHECK_INC_2 || !subject.has_attestation() ||
        std::cmp_not_equal(subject.attestation(), attestation))
      continue;
    for (const v1::Param& param : finding.params()) {
      if (param.name() == "watched_since")
        fields.add(Label::kShownBefore,
                   fields.line().filled(Label::kNoConflictSince, core::visible(param.value(), 10)));
    }
  }
}

// `numbered`: institutions are counted, so that each is said to be part of the number or not.
std::vector<Spans> witness(const Draft& draft, const v1::Signature& signature, bool numbered) {
  const std::string who = signature.institution().empty()
                              ? draft.in(Label::kUnlisted)
                              : draft.institution(signature.institution());
  Line result = Line(draft).words(catalogue::entry(signature.outcome()).label);
  if (numbered) result.text(semicolon(draft)).words(standing_of(signature));
  if (signature.linked_to_party()) result.text(semicolon(draft)).words(Label::kLinkedToParty);
  if (signature.reason() != v1::REASON_NONE) {
    result.tag(catalogue::entry(signature.reason()).code);
  }
  return {Line(draft).text(who).spans(),
          Line(draft).text(core::visible(signature.signer(), 64)).spans(),
          Line(draft).text(draft.signer_role(signature.role())).spans(), result.spans()};
}

void add_witnesses(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation) {
  if (attestation.signatures().empty()) return;
  Table table =
      table_of(draft, {Label::kInstitution, Label::kSigner, Label::kSignerRole, Label::kResult});
  const bool numbered = !is_of_operator(attestation) && attestation.tier() != v1::TIER_TIME_PROOF;
  for (const auto& signature : attestation.signatures()) {
    table.rows.push_back(witness(draft, signature, numbered));
  }
  if (!numbered) {
    blocks.heading(4, Label::kSignatures).table(std::move(table));
    return;
  }
  const v1::Quorum& quorum = attestation.quorum();
  blocks.heading(4, Label::kWitnesses);
  blocks.paragraph(
      Line(draft).text(fmt::format(fmt::runtime(draft.in(Label::kQuorum)), quorum.required(),
                                   quorum.valid(), quorum.neutral())));
  if (attestation.has_record_quorum()) {
    const v1::Quorum& record = attestation.record_quorum();
    blocks.paragraph(Line(draft).filled(Label::kRecordQuorum, record.valid(), record.neutral()));
  }
  blocks.table(std::move(table));
}

void add_declared(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation,
                  const Place& place) {
  Fields fields;
  const Line depositor = Line(draft).personal(personal_place(place, "/declared/depositor"));
  if (!depositor.empty()) {
    fields.fields.push_back({.name = draft.declared_name("depositor"), .value = depositor.spans()});
  }
  for (const auto& one : attestation.declared()) {
    fields.fields.push_back(
        {.name = draft.declared_name(one.name()), .value = Line(draft).told(one.value()).spans()});
  }
  if (fields.fields.empty()) return;
  blocks
      .heading(4, attestation.tier() == v1::TIER_TIME_PROOF ? Label::kStatedInProof
                                                            : Label::kStatedByOperator)
      .fields(std::move(fields));
}

}  // namespace

std::string personal_place(const Place& place, std::string_view name) {
  return fmt::format("/evidence/{}/attestations/{}{}", place.item - 1, place.attestation - 1, name);
}

void add_attestation(Blocks& blocks, const Draft& draft, const v1::ItemReport& item,
                     const v1::Attestation& attestation, const Place& place) {
  blocks.heading(3, Line(draft).text(draft.attestation(attestation, place.attestation)));
  FieldList fields(draft);
  add_record(fields, attestation, place);
  add_position(fields, attestation.position());
  add_inclusion(fields, attestation);
  const Line time = interval(draft, attestation.time());
  if (!time.empty()) fields.add(Label::kTime, time);
  add_shown_before(fields, item, place.attestation - 1);
  blocks.fields(fields.take());
  blocks.picture(path_picture(draft, item, attestation));
  add_witnesses(blocks, draft, attestation);
  add_declared(blocks, draft, attestation, place);
}

}  // namespace heyan::report
