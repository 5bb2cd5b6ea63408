#include <utility>

#include "verifier/contents/submission_reader.h"
#include "verifier/contents/words.h"
#include "verifier/core/time.h"

namespace heyan::contents {
namespace {

using core::json::Value;

// Fields with nothing in them are left out: absent and empty are one in the message.
void put_text(Value& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.set(name, Value(text));
}

void put_word(Value& object, std::string_view name, const WordList& list, int number) {
  if (number != 0) object.set(name, Value(word_of(list, number)));
}

void put_time(Value& object, std::string_view name, std::int64_t milliseconds) {
  object.set(name, Value(core::format_rfc3339(core::from_unix_ms(milliseconds))));
}

Value empty_object() { return Value(Value::Object{}); }

Value write_party(const v1::Party& party) {
  Value object = empty_object();
  put_text(object, "id", party.id());
  put_word(object, "role", roles(), party.role());
  put_word(object, "kind", party_kinds(), party.kind());
  put_text(object, "name", party.name());
  put_word(object, "idType", id_types(), party.id_type());
  put_text(object, "idNumber", party.id_number());
  if (party.linked_institutions_size() > 0) {
    Value institutions;
    for (const std::string& id : party.linked_institutions()) institutions.push(Value(id));
    object.set("linkedInstitutions", std::move(institutions));
  }
  return object;
}

Value write_file(const v1::DeclaredFile& file) {
  Value object = empty_object();
  put_text(object, "path", file.path());
  if (file.has_size()) object.set("size", Value(std::uint64_t{file.size()}));
  put_text(object, "mediaType", file.media_type());
  if (file.digests_size() > 0) {
    Value digests;
    for (const v1::Digest& digest : file.digests()) {
      digests.set(algorithm_word(digest.algorithm()),
                  Value(core::to_hex(core::as_bytes(digest.value()))));
    }
    object.set("digests", std::move(digests));
  }
  return object;
}

Value write_claims(const v1::Claims& claims) {
  Value object = empty_object();
  put_text(object, "who", claims.who());
  put_text(object, "what", claims.what());
  if (claims.has_when_ms()) put_time(object, "when", claims.when_ms());
  put_text(object, "where", claims.where());
  return object;
}

Value write_proof(const v1::Proof& proof) {
  Value object = empty_object();
  put_text(object, "format", proof.format());
  put_text(object, "ledger", proof.ledger());
  put_text(object, "path", proof.path());
  if (proof.hints_size() > 0) {
    Value hints;
    for (const v1::Hint& hint : proof.hints()) hints.set(hint.name(), Value(hint.value()));
    object.set("hints", std::move(hints));
  }
  return object;
}

Value write_item(const v1::Item& item) {
  Value object = empty_object();
  put_text(object, "id", item.id());
  put_text(object, "name", item.name());
  put_word(object, "category", categories(), item.category());
  put_text(object, "purpose", item.purpose());
  put_text(object, "source", item.source());
  if (item.has_pages()) object.set("pages", Value(std::uint64_t{item.pages()}));
  put_text(object, "party", item.party());
  if (item.has_file()) object.set("file", write_file(item.file()));
  if (item.has_claims()) object.set("claims", write_claims(item.claims()));
  if (item.has_record()) {
    Value record = empty_object();
    put_text(record, "ledger", item.record().ledger());
    put_text(record, "id", item.record().id());
    object.set("record", std::move(record));
  }
  if (item.proofs_size() > 0) {
    Value proofs;
    for (const v1::Proof& proof : item.proofs()) proofs.push(write_proof(proof));
    object.set("proofs", std::move(proofs));
  }
  return object;
}

Value write_submitter(const v1::Submitter& submitter) {
  Value object = empty_object();
  put_word(object, "role", roles(), submitter.role());
  put_text(object, "name", submitter.name());
  put_text(object, "accountId", submitter.account_id());
  put_word(object, "authentication", authentications(), submitter.authentication());
  return object;
}

}  // namespace

Value write_submission(const v1::Submission& submission) {
  Value object;
  object.set("schema", Value(kSubmissionSchema));
  if (submission.has_court()) {
    Value court = empty_object();
    put_text(court, "code", submission.court().code());
    put_text(court, "name", submission.court().name());
    object.set("court", std::move(court));
  }
  put_text(object, "caseNumber", submission.case_number());
  if (submission.has_filed_at_ms()) put_time(object, "filedAt", submission.filed_at_ms());
  put_text(object, "cause", submission.cause());
  if (submission.relief_sought_size() > 0) {
    Value claims;
    for (const std::string& claim : submission.relief_sought()) claims.push(Value(claim));
    object.set("reliefSought", std::move(claims));
  }
  if (submission.has_submitter()) object.set("submitter", write_submitter(submission.submitter()));
  if (submission.parties_size() > 0) {
    Value parties;
    for (const v1::Party& party : submission.parties()) parties.push(write_party(party));
    object.set("parties", std::move(parties));
  }
  if (submission.evidence_size() > 0) {
    Value evidence;
    for (const v1::Item& item : submission.evidence()) evidence.push(write_item(item));
    object.set("evidence", std::move(evidence));
  }
  return object;
}

}  // namespace heyan::contents
