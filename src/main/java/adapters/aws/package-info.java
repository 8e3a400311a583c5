/**
 * Amazon ECR, private and public, and its events by SQS. AWS's SDK finds credentials and
 * signs; requests go by {@link oci.remote.JsonApi}. Its classes are named in
 * {@link adapters.aws.AwsIdentity}, {@link adapters.aws.AwsHttp} and
 * {@link adapters.aws.AwsSigner} alone, which are loaded when the first such registry is
 * connected to.
 */
@NullMarked
package adapters.aws;

import org.jspecify.annotations.NullMarked;
