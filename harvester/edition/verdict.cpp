#include "edition/verdict.h"

namespace harvester::edition {

VerdictText verdict_text(Verdict verdict) {
    switch (verdict) {
        case Verdict::picked:
            return {"picked", "listed"};
        case Verdict::left:
            return {"left", "a candidate that is not listed (--all shows it)"};
        case Verdict::dropped:
            return {"dropped", "dropped by a rule"};
        case Verdict::printed:
            return {"printed", "no candidate: an earlier issue's"};
        case Verdict::outside:
            return {"outside", "no candidate: its repository is not reported"};
    }
    return {};
}

}  // namespace harvester::edition
