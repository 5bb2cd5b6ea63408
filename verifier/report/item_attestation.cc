// What one ledger's proofs show for an item.
#include <fmt/format.h>

#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

void add_position(Fields& fields, const Draft& draft, const v1::Position& position) {
  if (!position.has_block()) return;
  Line line = Line(draft).text(fmt::format("{} {}", draft.in(Label::kBlock), position.block()));
  if (position.has_transaction()) {
    line.text(fmt::format(", {} {}", draft.in(Label::kTransaction), position.transaction()));
  }
  if (!position.transaction_id().empty()) {
    line.text(" ").code(core::visible(position.transaction_id()));
  }
  fields.fields.push_back(field(draft, Label::kPosition, line));
}

void add_record(Fields& fields, const Draft& draft, const v1::Attestation& attestation) {
  const auto add = [&](Label name, const Line& value) {
    fields.fields.push_back(field(draft, name, value));
  };
  if (!attestation.has_record()) {
    return add(Label::kRecord, Line(draft).words(Label::kNoRecord));
  }
  const v1::LedgerRecord& record = attestation.record();
  add(is_of_operator(attestation) ? Label::kSignedByDepositor : Label::kRecord,
      Line(draft).told(record.id()));
  for (const auto& digest : record.digests()) {
    fields.fields.push_back({.name = std::string(digest_label(digest.algorithm())),
                             .value = Line(draft).code(hex(digest.value())).spans()});
  }
  const auto told = [&](Label name, const std::string& value) {
    if (!value.empty()) add(name, Line(draft).told(value));
  };
  told(Label::kWho, record.who());
  told(Label::kWhat, record.what());
  told(Label::kWhen, record.when());
  told(Label::kWhere, record.where());
}

// An interval: ends that are not known are left out.
void add_time(Fields& fields, const Draft& draft, const v1::TimeInterval& time) {
  if (time.source().empty()) return;
  if (!time.has_not_before_ms() && !time.has_not_after_ms() && !time.has_stated_ms()) return;
  std::string text = time.source() == "declared" ? draft.in(Label::kTimeDeclared)
                                                 : core::visible(time.source(), 64);
  const auto add = [&](Label name, std::int64_t at_ms) {
    text += fmt::format("; {} {}", draft.in(name), rfc3339(at_ms));
  };
  if (time.has_not_before_ms()) add(Label::kNotBefore, time.not_before_ms());
  if (time.has_not_after_ms()) add(Label::kNotAfter, time.not_after_ms());
  if (time.has_stated_ms()) add(Label::kStated, time.stated_ms());
  fields.fields.push_back(field(draft, Label::kTime, Line(draft).text(text)));
}

std::vector<Spans> witness(const Draft& draft, const v1::Signature& signature) {
  const std::string who = signature.institution().empty()
                              ? draft.in(Label::kUnlisted)
                              : draft.institution(signature.institution());
  Line result = Line(draft)
                    .words(catalogue::entry(signature.outcome()).label)
                    .text("; ")
                    .words(standing_of(signature));
  if (signature.linked_to_party()) result.text("; ").words(Label::kLinkedToParty);
  if (signature.reason() != v1::REASON_NONE) {
    result.tag(catalogue::entry(signature.reason()).code);
  }
  return {Line(draft).text(who).spans(),
          Line(draft).text(core::visible(signature.signer(), 64)).spans(),
          Line(draft).text(draft.signer_role(signature.role())).spans(), result.spans()};
}

void add_witnesses(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation) {
  if (attestation.signatures().empty()) return;
  Table table{.caption = {},
              .columns = {draft.in(Label::kInstitution), draft.in(Label::kSigner),
                          draft.in(Label::kSignerRole), draft.in(Label::kResult)},
              .rows = {}};
  for (const auto& signature : attestation.signatures()) {
    table.rows.push_back(witness(draft, signature));
  }
  if (is_of_operator(attestation)) {
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
    blocks.paragraph(Line(draft).text(fmt::format(fmt::runtime(draft.in(Label::kRecordQuorum)),
                                                  record.valid(), record.neutral())));
  }
  blocks.table(std::move(table));
}

void add_declared(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation) {
  if (attestation.declared().empty()) return;
  Fields fields;
  for (const auto& one : attestation.declared()) {
    fields.fields.push_back(
        {.name = draft.declared_name(one.name()), .value = Line(draft).told(one.value()).spans()});
  }
  blocks.heading(4, Label::kStatedByOperator).fields(std::move(fields));
}

}  // namespace

void add_attestation(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation,
                     int number) {
  blocks.heading(3, Line(draft).text(draft.attestation(attestation, number)));
  Fields fields;
  add_position(fields, draft, attestation.position());
  add_record(fields, draft, attestation);
  add_time(fields, draft, attestation.time());
  blocks.fields(std::move(fields));
  add_witnesses(blocks, draft, attestation);
  add_declared(blocks, draft, attestation);
}

}  // namespace heyan::report
