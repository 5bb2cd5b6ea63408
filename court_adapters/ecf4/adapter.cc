// OASIS LegalXML Electronic Court Filing 4.01 over its Web Services profile.
#include "court_adapters/adapter.h"

#include "court_adapters/ecf4/answers.h"

namespace heyan::court_adapters::ecf4 {

const CourtAdapter& adapter();

namespace {

class Ecf4 final : public ecf::EcfAdapter {
 public:
  Ecf4() : EcfAdapter(ecf::Version::k401) {}
  std::string_view id() const override { return "ecf4"; }
  std::string_view title() const override {
    return "OASIS LegalXML Electronic Court Filing 4.01, SOAP 1.1 with MTOM";
  }

 private:
  Answer write_status(const Request& request, const ecf::Message& message,
                      const ecf::Status& status) const override {
    return ecf4::write_status(request, message, status);
  }
  Answer write_callback(const Request& request, const ecf::Message& message,
                        const Outcome& outcome) const override {
    return ecf4::write_callback(request, message, outcome);
  }
};

}  // namespace

const CourtAdapter& adapter() {
  static const Ecf4 kAdapter;
  return kAdapter;
}

}  // namespace heyan::court_adapters::ecf4
