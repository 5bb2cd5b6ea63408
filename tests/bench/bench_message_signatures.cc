// What signing and verifying HTTP messages costs, on one core.
//
//   Base                  the signature base of a webhook's request
//   Sign/Verify           Ed25519 (0) and ECDSA on P-256 (1); verifying is by two libraries
//   Webhook/BYTES         Standard Webhooks, signing a body of that size
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "gateway/http/digest_fields.h"
#include "gateway/message_signatures/signatures.h"
#include "gateway/message_signatures/webhooks.h"
#include "verifier/crypto/digest.h"

namespace heyan::message_signatures {
namespace {

const std::vector<std::string> kComponents = {"@method", "@target-uri", "content-type",
                                              "content-digest", "webhook-id"};
const std::string kBody(400, 'x');

Message request() {
  Message message;
  message.method = "POST";
  message.target = "/hooks/heyan";
  message.fields = {
      {"host", "court.example:8443"},
      {"content-type", "application/json"},
      {"content-digest", http::write_sha256_digest(crypto::sha256(core::as_bytes(kBody)))},
      {"webhook-id", "evt_00000000000000000000000000000000"}};
  return message;
}

crypto::SigningKey key_of(std::int64_t which) {
  return crypto::SigningKey::generate(which == 0 ? crypto::KeyAlgorithm::kEd25519
                                                 : crypto::KeyAlgorithm::kEcdsaP256)
      .value();
}

void Base(benchmark::State& state) {
  const Message message = request();
  const auto covered = http::parse_sf_dictionary(
      R"(s=("@method" "@target-uri" "content-type" "content-digest" "webhook-id");created=1;keyid="k")");
  const auto& list = std::get<http::SfInnerList>(covered->front().second);
  for (auto _ : state) benchmark::DoNotOptimize(signature_base(message, list));
}
BENCHMARK(Base);

void Sign(benchmark::State& state) {
  const Message message = request();
  const crypto::SigningKey key = key_of(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        sign(message, "s", kComponents, {.created = 1, .keyid = "k", .tag = "t"}, key));
  }
}
BENCHMARK(Sign)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void Verify(benchmark::State& state) {
  Message message = request();
  const crypto::SigningKey key = key_of(state.range(0));
  const auto fields =
      sign(message, "s", kComponents, {.created = 1, .keyid = "k", .tag = "t"}, key);
  message.fields.push_back({"signature-input", fields->signature_input});
  message.fields.push_back({"signature", fields->signature});
  Policy policy;
  policy.now = 1;
  for (auto _ : state) {
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    const auto found =
        verify(message, core::as_bytes(kBody), "s", key.public_key(), policy, checker);
    if (!found.faults.empty()) std::abort();
  }
}
BENCHMARK(Verify)->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void Webhook(benchmark::State& state) {
  const core::Bytes body(static_cast<std::size_t>(state.range(0)), 'x');
  const std::vector<core::Bytes> secrets = {core::Bytes(32, 1)};
  for (auto _ : state) benchmark::DoNotOptimize(sign_webhook("evt_1", 1, body, secrets));
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Webhook)->Arg(400)->Arg(1 << 20);

}  // namespace
}  // namespace heyan::message_signatures

BENCHMARK_MAIN();
