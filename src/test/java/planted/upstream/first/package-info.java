@ApplicationModule(allowedDependencies = {})
package planted.upstream.first;

import org.springframework.modulith.ApplicationModule;
