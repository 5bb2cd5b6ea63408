#include "court_adapters/netcourt_hangzhou/request.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/core.h>

#include "court_adapters/china/credit_code.h"
#include "court_adapters/china/json_fault.h"
#include "court_adapters/china/resident_id.h"
#include "verifier/contents/submission_fields.h"
#include "verifier/core/text.h"
#include "verifier/crypto/signature.h"

namespace heyan::court_adapters::netcourt_hangzhou {
namespace {

using contents::Fields;

constexpr std::int64_t kMaxTimestamp = 4'102'444'800'000;  // 2100

class RequestReader {
 public:
  RequestReader(Call call, std::int64_t at_ms, const core::Limits& limits,
                contents::Defects& defects)
      : at_ms_(at_ms), limits_(limits), defects_(defects) {
    out_.call = call;
  }

  NotaryRequest read(const core::json::Value& document) {
    Fields fields(&document, "", limits_, defects_);
    if (out_.call == Call::kNotaryToken) {
      read_token(fields);
    } else {
      read_cert(fields);
    }
    const std::string timestamp = required(fields, "timestamp");
    read_timestamp(fields.pointer_of("timestamp"), timestamp);
    out_.signed_text =
        out_.account + (out_.call == Call::kNotaryToken ? out_.biz_id : out_.phase) + timestamp;
    read_signature(fields);
    return std::move(out_);
  }

 private:
  // Text or a whole number; "" and a defect where it is absent.
  std::string required(Fields& fields, std::string_view name) {
    const core::json::Value* value = fields.take(name);
    if (value != nullptr && value->as_integer() != nullptr) {
      return std::to_string(*value->as_integer());
    }
    std::string text = value != nullptr && !value->is_null() ? fields.line(name) : std::string();
    const bool empty = value == nullptr || value->is_null() ||
                       (value->as_string() != nullptr && value->as_string()->empty());
    if (empty) {
      defects_.add(fields.pointer_of(name), "field-required",
                   fmt::format("{} is missing: give it.", name));
    }
    return text;
  }

  void read_token(Fields& fields) {
    out_.account = required(fields, "accountId");
    out_.biz_id = required(fields, "bizId");
    if (!out_.biz_id.empty() && out_.biz_id != "1" && out_.biz_id != "2") {
      unknown(fields.pointer_of("bizId"), "1 (copyright) or 2 (contract)");
    }
    read_sub_biz(fields);
    out_.entity = read_person(fields, "entity");
    out_.customer = read_person(fields, "customer");
    if (!out_.customer) {
      defects_.add(fields.pointer_of("customer"), "field-required",
                   "customer is missing: say for whom it is stored.");
    }
  }

  void read_sub_biz(Fields& fields) {
    constexpr auto kSubBiz = std::to_array<std::string_view>(
        {"VIDEO", "AUDIO", "IMAGE", "TEXT", "HR", "HOUSERENTING", "LEASING", "SUPPLY_CHAIN",
         "TRAVEL", "EDUCATION", "INSURANCE"});
    const std::string word = required(fields, "subBizId");
    if (word.empty() || std::ranges::find(kSubBiz, word) != kSubBiz.end()) return;
    unknown(fields.pointer_of("subBizId"), "a kind that the court's documentation lists");
  }

  void read_cert(Fields& fields) {
    if (fields.take("meta") == nullptr) {
      defects_.add(fields.pointer_of("meta"), "field-required", "meta is missing: give it.");
    }
    Fields meta = fields.object("meta");
    if (meta.present()) {
      out_.account = required(meta, "accountId");
      out_.token = required(meta, "token");
      out_.phase = required(meta, "phase");
      out_.entity = read_person(meta, "entity");
      Fields location = meta.object("location");
      if (location.present()) required(location, "ip");
    }
    out_.content = required(fields, "notaryContent");
  }

  std::optional<Person> read_person(Fields& parent, std::string_view name) {
    const core::json::Value* value = parent.take(name);
    if (value == nullptr || value->is_null()) return std::nullopt;
    Fields fields = parent.object(name);
    if (!fields.present()) return Person();
    Person person;
    const std::string kind = required(fields, "userType");
    person.is_enterprise = kind == "ENTERPRISE";
    if (!kind.empty() && kind != "PERSON" && !person.is_enterprise) {
      unknown(fields.pointer_of("userType"), "PERSON or ENTERPRISE");
    }
    person.name = required(fields, "certName");
    person.number_type = required(fields, "certType");
    person.number = required(fields, "certNo");
    check_number(fields.pointer_of("certType"), fields.pointer_of("certNo"), person);
    if (!person.is_enterprise) return person;
    required(fields, "legalPerson");
    for (const std::string_view id : {"legalPersonId", "agentId"}) {
      // An agent is optional; a legal representative is not.
      const std::string number = id == "agentId" ? fields.line(id) : required(fields, id);
      if (!number.empty()) check_resident_id(fields.pointer_of(id), number);
    }
    return person;
  }

  void check_number(const std::string& type_place, const std::string& place, const Person& person) {
    if (person.number_type.empty() || person.number.empty()) return;
    if (person.number_type == "IDENTITY_CARD") {
      check_resident_id(place, person.number);
    } else if (person.number_type == "UNIFIED_SOCIAL_CREDIT_CODE") {
      const auto code = china::read_credit_code(person.number);
      if (!code.readable()) {
        defects_.add(place, "credit-code-invalid",
                     fmt::format("The credit code {}. Correct it.", code.reason));
      }
    } else if (person.number_type != "ENTERPRISE_REGISTERED_NUMBER") {
      unknown(type_place,
              "IDENTITY_CARD, UNIFIED_SOCIAL_CREDIT_CODE or ENTERPRISE_REGISTERED_NUMBER");
    }
  }

  void check_resident_id(const std::string& place, const std::string& number) {
    const auto id = china::read_resident_id(number, at_ms_);
    if (id.readable()) return;
    defects_.add(place, "resident-id-invalid",
                 fmt::format("The identity number {}. Correct it.", id.reason));
  }

  void unknown(const std::string& place, std::string_view wanted) {
    defects_.add(place, "unknown-code", fmt::format("This is not {}.", wanted));
  }

  void read_timestamp(const std::string& place, const std::string& text) {
    if (text.empty()) return;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, out_.timestamp_ms);
    if (error == std::errc() && stop == end && text.front() != '-' &&
        out_.timestamp_ms < kMaxTimestamp) {
      return;
    }
    out_.timestamp_ms = 0;
    defects_.add(place, "bad-time", "A timestamp is a number of milliseconds since 1970.");
  }

  void read_signature(Fields& fields) {
    const std::string text = required(fields, "signedData");
    if (text.empty()) return;
    const auto bytes = core::from_hex(text);
    if (bytes && bytes->size() * 8 <= limits_.rsa_bits) {
      out_.signature = *bytes;
    } else {
      defects_.add(
          fields.pointer_of("signedData"), "bad-signature-text",
          fmt::format("A signature is hexadecimal, of at most {} bits.", limits_.rsa_bits));
    }
  }

  std::int64_t at_ms_;
  const core::Limits& limits_;
  contents::Defects& defects_;
  NotaryRequest out_;
};

}  // namespace

ReadRequest read_request(core::ByteView json, Call call, std::int64_t at_ms,
                         const core::Limits& limits) {
  const auto document = core::json::parse(json, limits);
  if (!document) return {{}, {china::json_fault(json, document.error())}};
  contents::Defects defects;
  NotaryRequest request = RequestReader(call, at_ms, limits, defects).read(*document);
  return {std::move(request), std::move(defects).take()};
}

bool is_signed_by(const NotaryRequest& request, const crypto::PublicKey& key,
                  const core::Limits& limits) {
  if (key.algorithm() != crypto::KeyAlgorithm::kRsa) return false;
  crypto::Scheme scheme;
  scheme.kind = crypto::SignatureKind::kRsaPkcs1;
  scheme.hash = crypto::Hash::kSha256;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  return checker.verify(key, scheme, core::as_bytes(request.signed_text), request.signature) ==
         crypto::SignatureOutcome::kValid;
}

Window window_of(std::int64_t timestamp_ms, std::int64_t now_ms, std::int64_t window_ms) {
  if (timestamp_ms < now_ms - window_ms) return Window::kStale;
  return timestamp_ms > now_ms + window_ms ? Window::kFuture : Window::kInside;
}

}  // namespace heyan::court_adapters::netcourt_hangzhou
