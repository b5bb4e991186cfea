package planted.upstream.first;

import planted.upstream.second.Second;

public class First {
    Second violation = new Second();
}
