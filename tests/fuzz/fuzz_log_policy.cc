// Policy files of transparency logs, and files of Sigsum's submit keys, on any bytes: a policy that
// is accepted can be met, and not by nobody unless it asks for nobody.
#include <cstdlib>
#include <vector>

#include "verifier/ledgers/sigsum/trust_config.h"
#include "verifier/transparency/policy.h"

namespace {

using namespace heyan;  // NOLINT: a program of one file
using transparency::LogPolicy;
using transparency::PolicyForm;

void require(bool condition) {
  if (!condition) std::abort();
}

void fuzz_policy(std::string_view bytes, PolicyForm form) {
  const auto policy = LogPolicy::parse(bytes, form);
  if (!policy) {
    require(!policy.error().what.empty());
    return;
  }
  const std::size_t witnesses = policy->witnesses().size();
  require(policy->count(std::vector<bool>(witnesses, true)).reached());
  const auto nobody = policy->count(std::vector<bool>(witnesses, false));
  require(nobody.valid == 0 && nobody.reached() == (nobody.required == 0));
  require(policy->count({}).reached() == nobody.reached());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = core::as_text({data, size});
  fuzz_policy(bytes, PolicyForm::kC2sp);
  fuzz_policy(bytes, PolicyForm::kSigsum);
  const auto keys = ledgers::sigsum::read_submit_keys(bytes);
  require(!keys || !keys->empty());
  return 0;
}
