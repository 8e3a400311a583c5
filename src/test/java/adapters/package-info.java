/**
 * The contracts of adapters.
 * <p>
 * {@link adapters.RegistryAdapterContract} says what is true of every registry that
 * serves images, against a server of its own for each test.
 * {@link adapters.AdapterContract} says what is true of a vendor's adapter, against the
 * vendor's fake (a {@link fixtures.vendors.VendorFront}), which is started once for a
 * test class. It has four parts: abilities, each from both sides; credentials that end,
 * and secrets; listings, their pages and their cost; settings and credentials that are
 * wrong.
 * <p>
 * A vendor's test extends it, in the package of its adapter, and gives three things:
 *
 * <pre>
 * class XContractTest extends AdapterContract {
 *     private final XCloud cloud = new XCloud();          // extends VendorFront
 *     public RegistryAdapter adapter() { return new XAdapter(Patience.SHORT, limits); }
 *     public VendorFront front() { return this.cloud; }
 *     public Registry registry() { … }                     // at the fake, with its secret
 * }
 * </pre>
 *
 * It overrides what differs, as {@link adapters.AdapterUnderTest} describes:
 * {@code namespace()} where names have to lie, {@code create} where the fake keeps more
 * than {@code front().created}, {@code missing()} for a repository that an upload
 * creates, {@code fullPage()} of the digest listing (small pages make small tests),
 * {@code lists} where a page of a listing cannot be told by the repository's name in it,
 * {@code login} for the paths of its logins, {@code credentialsEnd()} where a password is
 * sent as it is, {@code fetches()} where one login takes several requests,
 * {@code strangers()} where a wrong secret would be sent to another host than the fake.
 * An adapter that declares {@code LABELS}, {@code EVENTS_CREATE}, {@code EVENTS_POLL} or
 * {@code AMBIENT_LOGIN} gives {@code label}, {@code createsEvents}, {@code pollsEvents}
 * or {@code logsInByAmbience}.
 * <p>
 * An adapter that lacks {@code LIST} throws {@code Permanent} with
 * {@code info().lacks(LIST)} when its repositories are asked for, before it sends
 * anything; one that lacks {@code DELETE_TAG} leaves a tag with a reason. When a class
 * has passed, its adapter's row of the feature table is written to
 * {@code target/adapters.md}, and README.md (Registries) and docs/adapters/(identity).md
 * must have the same row; docs/adapters/README.md has a link to the page.
 * {@code verifiedAgainst} is the last column.
 * <p>
 * {@code vendor.VendorContractTest} and {@code GenericAdapterContractTest} are the two
 * shortest examples.
 */
@NullMarked
package adapters;

import org.jspecify.annotations.NullMarked;
