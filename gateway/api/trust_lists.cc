#include "gateway/api/trust_lists.h"

#include "verifier/core/text.h"
#include "verifier/core/time.h"

namespace heyan::api {
namespace {

using core::json::Value;

// More than verifier/trust/outline.h shows of anything.
constexpr std::size_t kShown = 2'000;

std::string shown(const std::string& text) { return core::visible(text, kShown); }

Value texts_of(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  Value list{Value::Array{}};
  for (const std::string& text : texts) list.push(shown(text));
  return list;
}

Value head_of(const v1::TrustOutline& outline) {
  const auto time = [](std::int64_t at_ms) {
    return core::format_rfc3339(core::from_unix_ms(at_ms));
  };
  Value head;
  head.set("id", shown(outline.id()))
      .set("version", outline.version())
      .set("issued", time(outline.issued_ms()))
      .set("nextUpdate", time(outline.next_update_ms()))
      .set("digest", core::to_hex(core::as_bytes(outline.digest())))
      .set("sample", outline.sample());
  return head;
}

// Of an entry, or a change to one.
template <class Named>
Value named(const Named& entry) {
  Value value;
  value.set("kind", shown(entry.kind())).set("id", shown(entry.id()));
  if (!entry.of().empty()) value.set("of", shown(entry.of()));
  return value;
}

std::string_view word_of(v1::TrustChangeKind change) {
  switch (change) {
    case v1::TRUST_CHANGE_ADDED:
      return "ADDED";
    case v1::TRUST_CHANGE_REMOVED:
      return "REMOVED";
    default:
      return "CHANGED";
  }
}

}  // namespace

Value trust_value(const v1::TrustOutline& outline) {
  Value entries{Value::Array{}};
  for (const v1::TrustEntry& entry : outline.entries()) {
    Value facts{Value::Array{}};
    for (const v1::TrustFact& fact : entry.facts()) {
      Value one;
      one.set("name", shown(fact.name())).set("values", texts_of(fact.values()));
      facts.push(std::move(one));
    }
    Value one = named(entry);
    one.set("facts", std::move(facts));
    entries.push(std::move(one));
  }
  Value value;
  value.set("list", head_of(outline)).set("entries", std::move(entries));
  return value;
}

std::string_view order_of(const v1::TrustComparison& comparison) {
  const v1::TrustOutline& now = comparison.in_force();
  const v1::TrustOutline& then = comparison.proposed();
  if (then.digest() == now.digest()) return "SAME";
  if (then.id() != now.id()) return "OTHER_LIST";
  if (then.version() < now.version() || then.issued_ms() < now.issued_ms()) return "OLDER";
  return then.version() == now.version() ? "SAME_VERSION" : "NEWER";
}

Value comparison_value(const v1::TrustComparison& comparison) {
  Value changes{Value::Array{}};
  for (const v1::TrustChange& change : comparison.changes()) {
    Value facts{Value::Array{}};
    for (const v1::TrustFactChange& fact : change.facts()) {
      Value one;
      one.set("name", shown(fact.name()))
          .set("before", texts_of(fact.before()))
          .set("after", texts_of(fact.after()));
      facts.push(std::move(one));
    }
    Value one = named(change);
    one.set("change", word_of(change.change())).set("facts", std::move(facts));
    changes.push(std::move(one));
  }
  Value value;
  value.set("order", order_of(comparison))
      .set("inForce", head_of(comparison.in_force()))
      .set("proposed", head_of(comparison.proposed()))
      .set("changes", std::move(changes));
  return value;
}

}  // namespace heyan::api
