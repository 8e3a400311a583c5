/** Docker Hub: its registry, and the API of hub.docker.com. */
@NullMarked
package adapters.dockerhub;

import org.jspecify.annotations.NullMarked;
