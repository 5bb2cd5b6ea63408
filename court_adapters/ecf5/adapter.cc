// OASIS LegalXML Electronic Court Filing 5.0 over its Web Services profile.
#include "court_adapters/adapter.h"

#include "court_adapters/ecf5/answers.h"

namespace heyan::court_adapters::ecf5 {

const CourtAdapter& adapter();

namespace {

class Ecf5 final : public ecf::EcfAdapter {
 public:
  Ecf5() : EcfAdapter(ecf::Version::k50) {}
  std::string_view id() const override { return "ecf5"; }
  std::string_view title() const override {
    return "OASIS LegalXML Electronic Court Filing 5.0, SOAP 1.1 with MTOM";
  }

 private:
  Answer write_status(const Request& request, const ecf::Message& message,
                      const ecf::Status& status) const override {
    return ecf5::write_status(request, message, status);
  }
  Answer write_callback(const Request& request, const ecf::Message& message,
                        const Outcome& outcome) const override {
    return ecf5::write_callback(request, message, outcome);
  }
};

}  // namespace

const CourtAdapter& adapter() {
  static const Ecf5 kAdapter;
  return kAdapter;
}

}  // namespace heyan::court_adapters::ecf5
