// Who, what, when and where of a record beside what the party claims, what the file says of itself,
// and whose certificate stands on it.
#include "verifier/core/text.h"
#include "verifier/report/item_parts.h"

namespace heyan::report {
namespace {

using RecordField = const std::string& (v1::LedgerRecord::*)() const;

void add_told(Line& line, const Draft& draft, std::string_view text) {
  if (text.empty()) return;
  if (!line.empty()) line.text(semicolon(draft));
  line.told(text);
}

Line recorded(const Draft& draft, const v1::ItemReport& item, RecordField field) {
  Line line(draft);
  for (const auto& attestation : item.attestations()) {
    if (attestation.has_record()) add_told(line, draft, (attestation.record().*field)());
  }
  return line;
}

// Who the records name, each in the clear, disclosed or withheld.
Line recorded_who(const Draft& draft, const v1::ItemReport& item, int number) {
  Line line = recorded(draft, item, &v1::LedgerRecord::who);
  for (int i = 1; i <= item.attestations_size(); ++i) {
    const std::string place = personal_place({.item = number, .attestation = i}, "/record/who");
    if (!draft.has_personal(place)) continue;
    if (!line.empty()) line.text(semicolon(draft));
    line.personal(place);
  }
  return line;
}

Line signers(const Draft& draft, const v1::ItemReport& item) {
  Line line(draft);
  for (const auto& attestation : item.attestations()) {
    for (const auto& signature : attestation.signatures()) {
      if (signature.role() != "CREATOR" && signature.role() != "DEPOSITOR") continue;
      if (!line.empty()) line.text(semicolon(draft));
      line.text(core::visible(signature.signer(), 64));
    }
  }
  return line;
}

}  // namespace

void add_four_w(Blocks& blocks, const Draft& draft, const v1::ItemReport& item, int number) {
  const v1::Item* declared = declared_item(draft, item, number);
  const v1::Claims claims = declared == nullptr ? v1::Claims() : declared->claims();
  Line file_times(draft);
  for (const auto& time : item.contents().times()) {
    if (!file_times.empty()) file_times.text(semicolon(draft));
    file_times.text(rfc3339(time.at_ms()));
    if (!time.source().empty()) file_times.text(" ").tag(core::visible(time.source(), 32));
  }
  Line address(draft);
  add_told(address, draft, item.contents().address());
  const Line claimed_who = Line(draft).personal(fmt::format("/evidence/{}/claims/who", number - 1));
  Line claimed_what(draft);
  Line claimed_when(draft);
  Line claimed_where(draft);
  add_told(claimed_what, draft, claims.what());
  if (claims.has_when_ms()) add_told(claimed_when, draft, rfc3339(claims.when_ms()));
  add_told(claimed_where, draft, claims.where());
  Line type(draft);
  if (!item.contents().media_type().empty())
    type.text(visible_or_dash(item.contents().media_type()));

  Table table = table_of(draft, {Label::kElement, Label::kRecorded, Label::kClaimed, Label::kInFile,
                                 Label::kInCertificate, Label::kResult});
  const auto add = [&](Label name, const Line& record, const Line& claimed, const Line& file,
                       const Line& certificate, v1::CheckId check) {
    table.rows.push_back(
        {Line(draft).words(name).spans(), record.spans(), claimed.spans(), file.spans(),
         certificate.spans(),
         Line(draft).words(catalogue::entry(outcome_of(item, check)).label).spans()});
  };
  const Line nothing(draft);
  add(Label::kWho, recorded_who(draft, item, number), claimed_who, nothing, signers(draft, item),
      v1::CHECK_W4_1);
  add(Label::kWhat, recorded(draft, item, &v1::LedgerRecord::what), claimed_what, type, nothing,
      v1::CHECK_W4_2);
  add(Label::kWhen, recorded(draft, item, &v1::LedgerRecord::when), claimed_when, file_times,
      nothing, v1::CHECK_W4_3);
  add(Label::kWhere, recorded(draft, item, &v1::LedgerRecord::where), claimed_where, address,
      nothing, v1::CHECK_W4_4);
  blocks.heading(3, Label::kFourW).table(std::move(table));
}

}  // namespace heyan::report
