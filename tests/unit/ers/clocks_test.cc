// Whose clocks a chain of stamps rests on.
#include "tests/unit/ers/fixture.h"
#include "verifier/core/limits.h"
#include "verifier/ledgers/time_stamps.h"
#include "verifier/trust/policy.h"

namespace heyan::ers::testing {
namespace {

class ClocksTest : public RecordTest {
 protected:
  // The second authority took over from the first.
  ledgers::Clocks clocks(const std::string& class_of_first, const std::string& class_of_second,
                         const std::set<std::string>& linked = {}) {
    begin(first(), crypto::Hash::kSha256, "2012-01-01T00:00:00Z");
    renew(second(), crypto::Hash::kSha256, "2019-01-01T00:00:00Z");
    authorities_[0].trust_class = class_of_first;
    authorities_[1].trust_class = class_of_second;
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    const Evaluation evaluation = evaluate(record_,
                                           {.authorities = authorities_,
                                            .hash_until = trust::default_policy().algorithm_until,
                                            .at = at(now_)},
                                           checker, {});
    return ledgers::clocks_of(evaluation.stamps, linked);
  }
};

TEST_F(ClocksTest, TheFirstStatesTheTimeAndTheLeastOfAllIsItsClass) {
  EXPECT_EQ(clocks("qualified", "private").first, first().listed().institution);
  EXPECT_EQ(clocks("qualified", "private").trust_class, "private");
  EXPECT_EQ(clocks("licensed-ca", "qualified").trust_class, "licensed-ca");
  EXPECT_EQ(clocks("qualified", "qualified").trust_class, "qualified");
}

TEST_F(ClocksTest, OneThatIsLinkedToAPartyLinksAll) {
  EXPECT_FALSE(clocks("qualified", "qualified").linked);
  EXPECT_TRUE(clocks("qualified", "qualified", {second().listed().institution}).linked);
}

}  // namespace
}  // namespace heyan::ers::testing
